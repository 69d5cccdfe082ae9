package dev.unroll.training;

import dev.unroll.files.AtomicFile;
import dev.unroll.files.FileErrors;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of rows that is continued where a run continues. */
final class RowFile {
  private final Path path;
  private final RowFormat format;
  private @Nullable OutputStream out;

  /** The time at which the training would have begun if it had never been interrupted. */
  private double begin;

  private long validated;

  RowFile(Path path, RowFormat format) {
    this.path = path;
    this.format = format;
  }

  Path path() {
    return path;
  }

  /** Opens the file after an update, with the rows up to it. */
  void open(long step) throws IOException {
    if (out != null) {
      throw new IllegalStateException(
          "[fileLog] expected one run at a time, got a second one that writes " + path);
    }
    validated = 0;
    double seconds = 0;
    List<String> kept = new ArrayList<>();
    if (!format.header().isEmpty()) {
      kept.add(format.header());
    }
    List<String> lines = read();
    for (int i = kept.size(); i < lines.size(); i++) {
      RowFormat.Existing row = parse(i, lines.get(i));
      if (row.step() <= step && step > 0) {
        kept.add(lines.get(i));
        seconds = row.seconds();
        validated = row.isValidation() ? row.step() : validated;
      }
    }
    byte[] bytes =
        kept.isEmpty()
            ? new byte[0]
            : (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, to -> to.write(bytes));
    try {
      out =
          path.getFileSystem().equals(FileSystems.getDefault())
              ? new FileOutputStream(path.toFile(), true) // An interrupt would close a channel.
              : Files.newOutputStream(path, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be written", e);
    }
    begin = now() - seconds;
  }

  /** Returns the complete lines; a last one without an end was not written completely. */
  private List<String> read() throws IOException {
    if (Files.notExists(path)) {
      return List.of();
    }
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be read", e);
    }
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    String header = format.header();
    if (lines.isEmpty() && !format.begins(text)) {
      throw refused(1, header.isEmpty() ? "a row of this log" : header, text);
    }
    if (!lines.isEmpty() && !header.isEmpty() && !lines.getFirst().equals(header)) {
      throw refused(1, header, lines.getFirst());
    }
    return lines;
  }

  private RowFormat.Existing parse(int index, String line) throws IOException {
    var row = format.parse(line);
    if (row.isEmpty()) {
      throw refused(index + 1, "a row of this log", line);
    }
    return row.get();
  }

  private IOException refused(int line, String expected, String got) {
    return new IOException(
        path
            + ":"
            + line
            + ": expected "
            + expected
            + ", got "
            + FileErrors.quoted(got)
            + "; nothing was changed");
  }

  private static double now() {
    return System.nanoTime() * 1e-9;
  }

  /** Returns the duration of the training, without the times between runs. */
  double seconds() {
    return now() - begin;
  }

  /** Returns the update of the last validation in the file; 0 if there is none. */
  long validated() {
    return validated;
  }

  /** Appends a row by one write. */
  void append(String row) throws IOException {
    OutputStream to = out;
    if (to == null) {
      throw new IllegalStateException("[fileLog] expected a run in progress, got none: " + path);
    }
    try {
      to.write((row + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be written", e);
    }
  }

  /** Closes the file until the next run. */
  void close() throws IOException {
    OutputStream to = out;
    out = null;
    if (to != null) {
      to.close();
    }
  }
}
