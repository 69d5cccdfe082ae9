package dev.unroll.examples.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

  /** How many times as long a loaded machine may take until there are two versions. */
  private static final int SLOW = 10;

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

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("unroll-soak");
    Checker checker = new Checker(folder, Samples.lengths(16, STEPS, 9));
    List<String> jvm = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    List<String> arguments =
        List.of("--retrain-into=" + folder, "--every=" + every, "--updates=" + updates);
    try (ServerProcess server = new ServerProcess(jvm, arguments)) {
      Clients all = new Clients(server.address(), clients, Duration.ofMillis(pause));
      System.out.println(
          "seconds requests failed wrong versions p50ms p99ms heapKB directKB residentKB threads");
      for (int at = every;
          at <= seconds || (checker.versions() < 2 && at <= SLOW * seconds);
          at += every) {
        Latencies latencies = new Latencies();
        all.run(
            checker.requests(),
            Duration.ofSeconds(every),
            (request, answer, nanos) -> {
              latencies.add(nanos);
              checker.check(request, answer);
            });
        System.out.println(at + " " + checker + " " + text(latencies) + " " + text(all.memory()));
      }
    } finally {
      delete(folder);
    }
    return checker.isRight() ? 0 : 1;
  }

  private static String text(Latencies latencies) {
    return String.format(Locale.ROOT, "%.2f %.2f", latencies.millis(0.5), latencies.millis(0.99));
  }

  private static String text(Memory memory) {
    return String.format(
        Locale.ROOT,
        "%d %d %d %d",
        memory.heapKb(),
        memory.directKb(),
        memory.residentKb(),
        memory.threads());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
    }
    Files.delete(folder);
  }
}
