package dev.unroll.text.read;

import dev.unroll.text.io.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How texts are decoded, as UTF-8 unless {@link #encodedIn} changes it, and how long they may be.
 * Lines and rows are read lazily, so that only the current one is in memory. A byte order mark at
 * the beginning is skipped.
 *
 * {@snippet class="snippets.ReadTest" region="Utf8"}
 *
 * @param strict whether malformed bytes are an error, whose message has the position of the first
 *     one and the likely encoding; otherwise they become {@code U+FFFD}
 * @param longestText the maximum number of characters of a whole text, and twice the maximum number
 *     of values of word vectors; by default 1/16 of the heap size in bytes
 * @param longestLine the maximum number of characters of a line, or of all fields of a table's row,
 *     which has at most 1/16 as many fields, or 1,024 if that is more; by default 2<sup>24</sup> or
 *     1/32 of the heap size, whichever is less
 * @param charset the encoding, by default UTF-8
 */
public record Utf8(boolean strict, long longestText, int longestLine, Charset charset) {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** Malformed UTF-8 is an error, whose message has the position of the first malformed byte. */
  public static final Utf8 STRICT =
      new Utf8(
          true,
          Math.max(1 << 16, HEAP / 16),
          Math.clamp(HEAP / 32, 1 << 16, 1 << 24),
          StandardCharsets.UTF_8);

  /** Malformed UTF-8 becomes {@code U+FFFD}. */
  public static final Utf8 REPLACING = STRICT.replacing();

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public Utf8 {
    Objects.requireNonNull(charset, "charset");
    if (longestText < 1 || longestLine < 1) {
      throw new IllegalArgumentException(
          "[utf8] expected limits of at least 1 character, got "
              + longestText
              + " for a text and "
              + longestLine
              + " for a line");
    }
  }

  /** Returns a copy with another limit for whole texts. */
  public Utf8 textsUpTo(long characters) {
    return new Utf8(strict, characters, longestLine, charset);
  }

  /** Returns a copy with another limit for lines and rows. */
  public Utf8 linesUpTo(int characters) {
    return new Utf8(strict, longestText, characters, charset);
  }

  /**
   * Returns a copy for another encoding, such as {@code windows-1252} for Western European
   * spreadsheets or {@code x-windows-949} for Korean Windows.
   */
  public Utf8 encodedIn(Charset other) {
    return new Utf8(strict, longestText, longestLine, other);
  }

  Utf8 replacing() {
    return new Utf8(false, longestText, longestLine, charset);
  }

  /**
   * Returns the lines of a file, without line terminators. The stream must be closed.
   *
   * @throws IOException if the file cannot be opened; later errors are {@link
   *     UncheckedIOException}s
   */
  public Stream<String> lines(Path file) throws IOException {
    Lines lines = new Lines(file.toString(), open(file), longestLine);
    Spliterator<String> all =
        Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(all, false).onClose(() -> close(lines));
  }

  Reader open(Path file) throws IOException {
    return reader(file.toString(), Inputs.open(file));
  }

  static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (IOException e) {
      throw unchecked(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Wraps an exception for use in a stream, with the same message. */
  static UncheckedIOException unchecked(IOException e) {
    return new UncheckedIOException(Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
  }

  /**
   * Returns a reader of bytes.
   *
   * @param name the name of the source, for messages
   * @param bytes closed with the reader
   */
  public Reader reader(String name, InputStream bytes) {
    return new Decoding(name, bytes, strict, charset);
  }

  /** Appends all characters of a reader to a text, within the limit, and closes the reader. */
  void append(String name, Reader given, StringBuilder text) throws IOException {
    try (Reader reader = given) {
      char[] part = new char[1 << 13];
      for (int n = reader.read(part); n >= 0; n = reader.read(part)) {
        if (text.length() + (long) n > longestText) {
          throw new IOException(
              name + ": is longer than " + longestText + " characters, the limit for a text");
        }
        text.append(part, 0, n);
      }
    }
  }
}
