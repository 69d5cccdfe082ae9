package dev.unroll.training;

import dev.unroll.files.AtomicFile;
import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A checkpoint's digest file, which covers the step and the other files: a line with the step, a
 * line with the SHA-256 of each file, and a line with the SHA-256 of the preceding lines.
 */
final class CheckpointDigest {
  static final String NAME = "digest.sha256";

  /** The maximum size of a digest file in bytes. */
  private static final long LONGEST = 1 << 16;

  private CheckpointDigest() {}

  /** Writes the digest of all files in a folder. */
  static void write(Path folder, long step) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.map(f -> f.getFileName().toString()).forEach(names::add);
    }
    StringBuilder lines = new StringBuilder("step " + step + "\n");
    for (String name : names) {
      lines.append(line(ofFile(folder.resolve(name)), name));
    }
    lines.append(line(ofText(lines.toString()), NAME));
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve(NAME), out -> out.write(bytes));
  }

  private static String line(String hash, String name) {
    return hash + "  " + name + "\n";
  }

  /**
   * Compares the files of a folder with its digest.
   *
   * @param expected names of files that the digest must cover
   * @throws IOException if a file is missing or damaged, or the step differs; the message names the
   *     file
   */
  static void verify(Path folder, long step, List<String> expected) throws IOException {
    Path file = folder.resolve(NAME);
    String text = read(file);
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    String body = text.substring(0, last);
    if (!text.substring(last).equals(line(ofText(body), NAME))) {
      throw new IOException(
          file + ": is damaged: its last line is not the SHA-256 of the preceding lines");
    }
    List<String> lines = body.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals("step " + step)) {
      throw new IOException(
          file
              + ": expected step "
              + step
              + ", got "
              + (lines.isEmpty() ? "nothing" : FileErrors.escape(lines.getFirst())));
    }
    Set<String> names = new TreeSet<>();
    for (String line : lines.subList(1, lines.size())) {
      String name = line.substring(line.indexOf("  ") + 2);
      Path covered = folder.resolve(name);
      if (!Files.exists(covered)) {
        throw new IOException(covered + ": is missing from this checkpoint");
      }
      if (!line.equals(ofFile(covered) + "  " + name)) {
        throw new IOException(
            covered
                + ": is damaged, or from another checkpoint: its SHA-256 differs from that in "
                + NAME);
      }
      names.add(name);
    }
    for (String name : expected) {
      if (!names.contains(name)) {
        throw new IOException(folder.resolve(name) + ": is missing from this checkpoint");
      }
    }
  }

  private static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          file + ": is missing: this checkpoint is damaged, or was written by an earlier version");
    }
    try {
      if (Files.size(file) > LONGEST) {
        throw new IOException(file + ": is not a checkpoint digest");
      }
      // ISO-8859-1 maps every byte to a character, so that damage shows as a difference.
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw FileErrors.named(file, "cannot be read", e);
    }
  }

  private static String ofText(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String ofFile(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw FileErrors.named(file, "cannot be read", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("every Java platform has SHA-256", e));
    }
  }
}
