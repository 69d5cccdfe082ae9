package consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a classifier of sequences over HTTP. The body of {@code POST /predict} has one line of
 * numbers per step; the answer has the version of the weights and the probability of each class.
 */
final class Endpoint implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 20;

  /** The weights after an update. */
  private record Version(long number, Snapshot weights) {}

  private record Answer(int status, String text) {}

  private final ManyToOne model;
  private final int features;
  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Version current;

  /**
   * Starts to serve.
   *
   * @param features numbers per step
   * @param port 0 for a free one
   */
  Endpoint(ManyToOne model, int features, int port) throws IOException {
    this.model = model;
    this.features = features;
    current = new Version(0, model.snapshot());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/predict", this::handle);
    server.setExecutor(requests);
    server.start();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/predict");
  }

  /** Answers further requests with the present weights. */
  void publish(long number) {
    current = new Version(number, model.snapshot());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] text = answer.text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status, text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return new Answer(405, "expected POST, got " + exchange.getRequestMethod());
    }
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return new Answer(413, "expected at most " + MOST_BYTES + " bytes, got more");
    }
    Tensor x;
    try {
      x = parse(new String(body, StandardCharsets.UTF_8), features);
    } catch (IllegalArgumentException e) {
      return new Answer(400, e.getMessage());
    }
    Version version = current; // read once: the whole answer is of one version
    return new Answer(200, text(version.number, version.weights.call(() -> predict(model, x))));
  }

  /** Returns the probabilities of the classes of one sequence {@code [1, T, features]}. */
  static Tensor predict(ManyToOne model, Tensor x) {
    int[] lengths = {x.shape().dim(1)};
    return model.apply(Variable.of(x), lengths, Mode.evaluation()).softmax().value();
  }

  /** Returns the text of an answer. */
  static String text(long version, Tensor probabilities) {
    StringBuilder text = new StringBuilder().append(version);
    for (float p : probabilities.toFloats()) {
      text.append(' ').append(p);
    }
    return text.toString();
  }

  /** Returns the sequence {@code [1, T, features]} of a body. */
  static Tensor parse(String body, int features) {
    List<String> steps = body.lines().toList();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("expected at least one line, got none");
    }
    float[] values = new float[steps.size() * features];
    for (int t = 0; t < steps.size(); t++) {
      String[] columns = steps.get(t).strip().split("\\s+");
      String line = "line " + (t + 1) + ": expected " + features + " finite numbers, got ";
      if (columns.length != features) {
        throw new IllegalArgumentException(line + columns.length);
      }
      for (int i = 0; i < features; i++) {
        values[t * features + i] = number(columns[i], line);
      }
    }
    return Tensor.of(Shape.of(1, steps.size(), features), values);
  }

  private static float number(String text, String line) {
    float value;
    try {
      value = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(line + "\"" + text + "\"", e);
    }
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(line + text);
    }
    return value;
  }

  @Override
  public void close() {
    server.stop(0);
    requests.close();
  }
}
