package dev.unroll.examples.serving;

import dev.unroll.models.Classifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends requests to a server that trains its model meanwhile, and compares each answer with the one
 * that the file of its version gives in this process.
 */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description = "Serves and trains at the same time; checks each answer, and memory.")
final class Soak implements Callable<Integer> {
  private static final int STEPS = 50;

  @Option(names = "--seconds", description = "Duration; ${DEFAULT-VALUE}.")
  private int seconds = 3600;

  @Option(names = "--every", description = "Seconds between versions and lines; ${DEFAULT-VALUE}.")
  private int every = 60;

  @Option(names = "--updates", description = "Updates for a version; ${DEFAULT-VALUE}.")
  private int updates = 100;

  @Option(names = "--clients", description = "Number of clients; ${DEFAULT-VALUE}.")
  private int clients = 4;

  @Option(names = "--pause", description = "Milliseconds after each answer; ${DEFAULT-VALUE}.")
  private int pause = 20;

  private final List<Request> requests = Samples.lengths(16, STEPS, 9);
  private final Map<Long, List<List<Double>>> expected = new ConcurrentHashMap<>();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private volatile Latencies latencies = new Latencies();
  private @Nullable Path folder;

  @Override
  public Integer call() throws Exception {
    folder = Files.createTempDirectory("unroll-soak");
    List<String> jvm = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    List<String> arguments =
        List.of("--retrain-into=" + folder, "--every=" + every, "--updates=" + updates);
    try (ServerProcess server = new ServerProcess(jvm, arguments)) {
      Clients all = new Clients(server.address(), clients, Duration.ofMillis(pause));
      System.out.println(
          "seconds requests failed wrong versions p50ms p99ms heapKB directKB residentKB threads");
      for (int at = 0; at < seconds; at += every) {
        latencies = new Latencies();
        all.run(requests, Duration.ofSeconds(every), this::check);
        line(at + every, all.memory());
      }
    } finally {
      delete();
    }
    System.out.println(
        served
            + " requests, "
            + failed
            + " failed, "
            + wrong
            + " wrong, "
            + expected.size()
            + " versions");
    return failed.get() + wrong.get() == 0 && expected.size() > 1 ? 0 : 1;
  }

  private void line(int at, Memory memory) {
    System.out.printf(
        Locale.ROOT,
        "%d %d %d %d %d %.2f %.2f %d %d %d %d%n",
        at,
        served.get(),
        failed.get(),
        wrong.get(),
        expected.size(),
        latencies.millis(0.5),
        latencies.millis(0.99),
        memory.heapKb(),
        memory.directKb(),
        memory.residentKb(),
        memory.threads());
  }

  private void check(int request, Answer answer, long nanos) {
    served.incrementAndGet();
    latencies.add(nanos);
    if (answer.status() != 200) {
      failed.incrementAndGet();
      return;
    }
    Reply reply = Json.read(answer.body(), Reply.class);
    List<Double> right = expected.computeIfAbsent(reply.version(), this::answers).get(request);
    if (!reply.probabilities().equals(right)) {
      wrong.incrementAndGet();
    }
  }

  /** Computes the answers of a version in this process. */
  private List<List<Double>> answers(long version) {
    try {
      UnrollPredictor predictor =
          new UnrollPredictor(Classifier.load(Retraining.file(folder, version)));
      return requests.stream().map(each -> predictor.predict(each).probabilities()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
  }
}
