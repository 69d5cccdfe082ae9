package dev.unroll.examples.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.unroll.models.Classified;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a model over HTTP, on a virtual thread per request: {@code POST /predict} with a {@link
 * Request} gives a {@link Reply}, {@code GET /memory} the {@link Memory} of the process.
 */
final class Endpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
  private static final int MAX_BYTES = 1 << 20;

  private record Version(long number, Predictor predictor) {}

  /** Computes the answer to an exchange. */
  @FunctionalInterface
  private interface Handler {
    Answer answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Version current;

  /**
   * Starts to serve on the loopback interface.
   *
   * @param predictor version 0
   * @param port 0 for a free one
   */
  Endpoint(Predictor predictor, int port) throws IOException {
    current = new Version(0, predictor);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    serve("/predict", "POST", this::predict);
    serve("/memory", "GET", _ -> new Answer(200, Json.write(Memory.measure())));
    server.setExecutor(requests);
    server.start();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Answers further requests with another model. */
  void publish(long version, Predictor predictor) {
    current = new Version(version, predictor);
  }

  private Answer predict(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
    if (body.length > MAX_BYTES) {
      return Answer.error(413, "expected at most " + MAX_BYTES + " bytes, got more");
    }
    Request request;
    Classified classified;
    Version version = current; // Read once: the whole answer is of one version.
    try {
      request = Json.read(body, Request.class);
      classified = version.predictor.predict(request);
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    }
    return new Answer(
        200, Json.write(new Reply(version.number, classified.label(), classified.probabilities())));
  }

  private void serve(String path, String method, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            Answer answer = answer(exchange, method, handler);
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
          }
        });
  }

  private static Answer answer(HttpExchange exchange, String method, Handler handler)
      throws IOException {
    if (!exchange.getRequestMethod().equals(method)) {
      return Answer.error(405, "expected " + method + ", got " + exchange.getRequestMethod());
    }
    try {
      return handler.answer(exchange);
    } catch (RuntimeException e) { // Ours, and not the client's.
      LOG.error("{} {}", method, exchange.getRequestURI(), e);
      return Answer.error(500, "the server failed; its log has the error");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    requests.close();
  }
}
