package dev.unroll.examples;

import dev.unroll.examples.fit.Terminal;
import dev.unroll.files.AtomicFolder;
import dev.unroll.training.ProgressDisplay;
import dev.unroll.training.TrainingStep;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Training processes that are killed and resumed, compared with one that is not: weights,
 * checkpoint and losses must be equal byte for byte.
 */
final class KilledTrainings implements AutoCloseable {
  /** The maximum lifetime of a process after its first steps, in milliseconds. */
  private static final int LIFE = 600;

  private final Path home = Files.createTempDirectory("unroll-resume");
  private final Path text = home.resolve("text");
  private final Path reference = home.resolve("reference");
  private final long steps;
  private final Random random;
  private final TrainingProcesses processes;
  private int kills;
  private int duringSaves;
  private int runs;

  KilledTrainings(Class<?> main, long steps, long seed) throws IOException {
    this.steps = steps;
    random = new Random(seed);
    processes = new TrainingProcesses(main, text, home.resolve("log"), steps);
    StringBuilder sentences = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      sentences.append("The sum of ").append(i).append(" and ").append(i % 7).append(" is ");
      sentences.append(i + i % 7).append(".\n");
    }
    Files.writeString(text, sentences);
  }

  /**
   * Kills processes a given number of times, in as many runs as that takes.
   *
   * @throws IllegalStateException if a run ends differently; the message says what differs
   */
  void run(int wanted, PrintStream out) throws IOException, InterruptedException {
    long start = System.nanoTime();
    processes.finish(processes.begin(reference), reference);
    out.printf(Locale.ROOT, "a run of %d steps that is never killed: %s%n", steps, seconds(start));
    ProgressDisplay progress = Terminal.progress("kill", out).showing(_ -> runs + " runs ended");
    progress.onStart(0, wanted);
    while (kills < wanted) {
      one(home.resolve("run" + runs), wanted, progress);
      runs++;
    }
    progress.onEnd(kills);
    out.printf(
        Locale.ROOT,
        "%d kills, %d of them during a save: %d runs ended with the bytes of the one that was never killed%n",
        kills,
        duringSaves,
        runs);
  }

  private static String seconds(long since) {
    return (System.nanoTime() - since) / 1_000_000_000 + " s";
  }

  private void one(Path run, int wanted, ProgressDisplay progress)
      throws IOException, InterruptedException {
    RunFolder folder = new RunFolder(run);
    while (true) {
      long before = newest(folder);
      boolean known = Files.exists(folder.options());
      if (!known) {
        AtomicFolder.delete(run); // Killed before it had begun: there is nothing to resume.
      }
      Process p = known ? processes.resume(run) : processes.begin(run);
      if (kills == wanted || !killed(p, folder, before)) {
        processes.finish(p, run);
        compare(run);
        return;
      }
      kills++;
      duringSaves += isSaving(folder) ? 1 : 0;
      progress.onStep(new TrainingStep(kills, 0, 0, 0, 1)); // A kill is shown as a step.
      if (newest(folder) < before) {
        throw new IllegalStateException(run + ": step " + before + " was saved but is lost");
      }
    }
  }

  /** Waits for a random time, from the start of the process to some time after its first step. */
  private boolean killed(Process p, RunFolder folder, long before)
      throws IOException, InterruptedException {
    int life = random.nextInt(LIFE);
    boolean early = random.nextInt(10) == 0; // At any point of its work.
    while (!early && p.isAlive() && newest(folder) <= before) {
      Thread.sleep(1);
    }
    if (p.waitFor(life, TimeUnit.MILLISECONDS)) {
      return false;
    }
    p.destroyForcibly().waitFor();
    return true;
  }

  private static long newest(RunFolder folder) throws IOException {
    return folder.checkpoints().newest().map(f -> f.step()).orElse(0L);
  }

  private static boolean isSaving(RunFolder folder) throws IOException {
    Path checkpoints = folder.checkpoints().home();
    if (!Files.exists(checkpoints)) {
      return false;
    }
    try (Stream<Path> files = Files.list(checkpoints)) {
      return files.count() > 1; // An incomplete one, or an old one that was about to be deleted.
    }
  }

  private void compare(Path run) throws IOException {
    String last = "checkpoints/last-" + steps;
    for (String file :
        List.of(
            "model.safetensors", last + "/weights.safetensors", last + "/training.safetensors")) {
      if (Files.mismatch(run.resolve(file), reference.resolve(file)) >= 0) {
        throw new IllegalStateException(run + ": " + file + " differs from " + reference);
      }
    }
    if (!losses(run).equals(losses(reference))) {
      throw new IllegalStateException(run + ": metrics.csv differs from " + reference);
    }
  }

  /** Returns the lines of the metrics without the times. */
  private static List<String> losses(Path run) throws IOException {
    return Files.readAllLines(new RunFolder(run).metrics()).stream()
        .map(line -> line.split(",", -1))
        .map(c -> c[0] + "," + String.join(",", Arrays.asList(c).subList(2, c.length)))
        .toList();
  }

  @Override
  public void close() throws IOException {
    AtomicFolder.delete(home);
  }
}
