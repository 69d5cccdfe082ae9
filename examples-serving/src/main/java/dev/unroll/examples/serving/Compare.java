package dev.unroll.examples.serving;

import dev.unroll.models.Classifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Serves the same weights with Unroll and with ONNX Runtime, each in a process of its own with the
 * same server, and sends requests to one after the other, in rounds.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "p50, p99 and throughput of Unroll and of ONNX Runtime in the same server.")
final class Compare implements Callable<Integer> {
  private static final double TOLERANCE = 1e-5;

  @Option(names = "--rounds", description = "Measured rounds; ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(names = "--seconds", description = "Of a server in a round; ${DEFAULT-VALUE}.")
  private int seconds = 4;

  @Option(names = "--warm", description = "Seconds of each server before; ${DEFAULT-VALUE}.")
  private int warm = 20;

  @Option(names = "--clients", description = "Number of clients; ${DEFAULT-VALUE}.")
  private int clients = 16;

  /** What was measured of a server, by round. */
  private record Server(ServerProcess process, List<double[]> rounds) implements AutoCloseable {
    Server(ServerProcess process) {
      this(process, new ArrayList<>());
    }

    double median(int column) {
      return rounds.stream().mapToDouble(r -> r[column]).sorted().toArray()[rounds.size() / 2];
    }

    @Override
    public void close() {
      process.close();
    }
  }

  @Override
  public Integer call() throws Exception {
    compare("sensors: LSTM 64, T 50", Networks.sensors(1), Samples.sensors(16, 50, 9));
    compare("text: LSTM 256, T 100", Networks.text(1), Samples.texts(16, 100, 9));
    return 0;
  }

  private void compare(String title, Classifier classifier, List<Request> requests)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("model", ".unroll");
    Path onnx = Files.createTempFile("model", ".onnx");
    classifier.save(file);
    OnnxModel.write(classifier.model(), onnx);
    Map<String, Server> servers = new LinkedHashMap<>();
    try {
      String one = "-Ddev.unroll.threads=1";
      servers.put("unroll", start(List.of(), "--model=" + file));
      servers.put("unroll, one thread", start(List.of(one), "--model=" + file));
      servers.put("onnx, intra-op 1", start(List.of(), "--onnx=" + onnx));
      servers.put("onnx, its default", start(List.of(), "--onnx=" + onnx, "--intra-op=0"));
      servers.put("a constant", start(List.of(), "--constant"));
      System.out.println(title);
      agree(servers, requests);
      for (Server server : servers.values()) {
        measure(server, requests, warm);
      }
      for (int round = 0; round < rounds; round++) {
        for (Server server : servers.values()) {
          server.rounds.add(measure(server, requests, seconds));
        }
      }
      print(servers);
    } finally {
      servers.values().forEach(Server::close);
      Files.delete(file);
      Files.delete(onnx);
    }
  }

  private static Server start(List<String> jvm, String... arguments) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx512m"));
    options.addAll(jvm);
    return new Server(new ServerProcess(options, List.of(arguments)));
  }

  /** Compares the answers of all servers but the last. */
  private static void agree(Map<String, Server> servers, List<Request> requests)
      throws IOException, InterruptedException {
    List<List<Double>> answers = new ArrayList<>();
    for (Server server : servers.values()) {
      answers.add(new Clients(server.process.address(), 1, Duration.ZERO).answers(requests));
    }
    double most = 0;
    for (List<Double> other : answers.subList(1, answers.size() - 1)) {
      for (int i = 0; i < other.size(); i++) {
        most = Math.max(most, Math.abs(other.get(i) - answers.getFirst().get(i)));
      }
    }
    System.out.printf(Locale.ROOT, "answers differ by at most %.1e%n", most);
    if (!(most <= TOLERANCE)) {
      throw new IllegalStateException("expected a difference up to " + TOLERANCE);
    }
  }

  private double[] measure(Server server, List<Request> requests, int duration)
      throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    AtomicLong failed = new AtomicLong();
    long start = System.nanoTime();
    new Clients(server.process.address(), clients, Duration.ZERO)
        .run(
            requests,
            Duration.ofSeconds(duration),
            (_, answer, nanos) -> {
              latencies.add(nanos);
              failed.addAndGet(answer.status() == 200 ? 0 : 1);
            });
    double took = (System.nanoTime() - start) / 1e9;
    if (failed.get() > 0) {
      throw new IOException(failed + " requests failed");
    }
    return new double[] {latencies.millis(0.5), latencies.millis(0.99), latencies.count() / took};
  }

  private static void print(Map<String, Server> servers) {
    System.out.printf("%-20s %8s %8s %12s%n", "", "p50 ms", "p99 ms", "requests/s");
    servers.forEach((name, server) ->
        System.out.printf(
            Locale.ROOT,
            "%-20s %8.2f %8.2f %12.0f%n",
            name,
            server.median(0),
            server.median(1),
            server.median(2)));
  }
}
