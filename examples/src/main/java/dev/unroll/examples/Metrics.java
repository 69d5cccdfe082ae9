package dev.unroll.examples;

import dev.unroll.files.AtomicFile;
import dev.unroll.files.FileErrors;
import dev.unroll.training.Listener;
import dev.unroll.training.TrainingStep;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The metrics of each training step, recorded for the curve and written to a CSV file. */
final class Metrics implements Listener, AutoCloseable {
  private static final String HEADER = "step,tokens,seconds,bitsPerCharacter,gradientNorm";

  /** The number of steps that smoothed values average. */
  private static final int RECENT = 100;

  private final Path path;
  private final BufferedWriter file;
  private final List<Double> bits = new ArrayList<>();
  private final double begin;
  private long tokens;
  private double recentSeconds;
  private double recentTokens;
  private double last;

  /**
   * Opens the file.
   *
   * @param steps the number of steps before a resume; later lines of the file are dropped, since
   *     these steps are repeated
   */
  Metrics(Path path, long steps) throws IOException {
    this.path = path;
    List<String> kept = new ArrayList<>(List.of(HEADER));
    if (steps > 0 && Files.exists(path)) {
      read(steps, kept);
    }
    byte[] bytes = (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, out -> out.write(bytes));
    try {
      file = Files.newBufferedWriter(path, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be written", e);
    }
    begin = System.nanoTime() * 1e-9 - last;
  }

  /** Reads the lines of the completed steps; a truncated last line is dropped. */
  private void read(long steps, List<String> kept) throws IOException {
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be read", e);
    }
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    long before = 0;
    for (int i = 1; i < lines.size() && before < steps; i++) {
      String line = lines.get(i);
      try {
        String[] cells = line.split(",", -1);
        long step = Long.parseLong(cells[0]);
        if (cells.length != 5 || (i > 1 && step != before + 1)) {
          throw new NumberFormatException("not the step after the previous one");
        }
        before = step;
        if (step <= steps) {
          tokens = Long.parseLong(cells[1]);
          last = Double.parseDouble(cells[2]);
          bits.add(Double.parseDouble(cells[3]));
          kept.add(line);
        }
      } catch (NumberFormatException e) {
        throw new IOException(
            path
                + ":"
                + (i + 1)
                + ": expected "
                + HEADER
                + " of the next step, got \""
                + line
                + "\"; delete the file to resume without the steps so far",
            e);
      }
    }
  }

  @Override
  public void onStep(TrainingStep step) throws IOException {
    double now = System.nanoTime() * 1e-9 - begin;
    tokens += step.predictions();
    bits.add(step.loss() / Math.log(2));
    // The first steps, slowed down by compilation, soon lose their weight.
    double keep = 1 - 1.0 / Math.min(bits.size(), RECENT);
    recentSeconds = keep * recentSeconds + now - last;
    recentTokens = keep * recentTokens + step.predictions();
    last = now;
    try {
      file.write(
          String.format(
              Locale.ROOT,
              "%d,%d,%.3f,%.5f,%.5f%n",
              step.number(),
              tokens,
              now,
              bits.getLast(),
              step.norm()));
      file.flush(); // A checkpoint must not be ahead of this file.
    } catch (IOException e) {
      throw new IOException(path + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Returns the losses of all steps, in bits per character. */
  List<Double> bits() {
    return Collections.unmodifiableList(bits);
  }

  /** Returns the mean loss of the last steps, in bits per character. */
  double recentBits() {
    List<Double> recent = bits.subList(Math.max(0, bits.size() - RECENT), bits.size());
    return recent.stream().mapToDouble(b -> b).average().orElse(Double.NaN);
  }

  /** Returns the tokens per second of the last steps. */
  double speed() {
    return recentTokens / recentSeconds;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
