package dev.unroll.examples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What each step of a training found: kept for the curve, and written to a CSV file. */
final class Metrics implements AutoCloseable {
  /** Steps that the smoothed numbers look back to. */
  private static final int RECENT = 100;

  private final BufferedWriter file;
  private final List<Double> bits = new ArrayList<>();
  private final long start = System.nanoTime();
  private long tokens;
  private double recentSeconds;
  private double recentTokens;
  private double last;

  Metrics(Path path) throws IOException {
    file = Files.newBufferedWriter(path);
    file.write("step,tokens,seconds,bitsPerCharacter,gradientNorm\n");
  }

  /** Adds a step: its loss in nats, the norm of its gradients, and how many tokens it read. */
  void add(double loss, double norm, int read) throws IOException {
    double now = (System.nanoTime() - start) * 1e-9;
    tokens += read;
    bits.add(loss / Math.log(2));
    // The first steps, which the compiler slows down, are soon forgotten.
    double keep = 1 - 1.0 / Math.min(bits.size(), RECENT);
    recentSeconds = keep * recentSeconds + now - last;
    recentTokens = keep * recentTokens + read;
    last = now;
    file.write(
        String.format(
            Locale.ROOT, "%d,%d,%.3f,%.5f,%.5f%n", bits.size(), tokens, now, bits.getLast(), norm));
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
