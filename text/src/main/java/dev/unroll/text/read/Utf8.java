package dev.unroll.text.read;

import dev.unroll.text.io.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How texts in UTF-8 are read, and how much of them: lines and rows as they are asked for, so that
 * what precedes and follows is not in memory. A byte order mark at the beginning is left out.
 *
 * <pre>{@code
 * Stream<String> lines = Utf8.STRICT.linesUpTo(1 << 28).lines(file);
 * }</pre>
 *
 * @param strict whether bytes that are no UTF-8 are an error, whose message has the position of the
 *     first and the encoding that the text is likely in; otherwise they become {@code U+FFFD}
 * @param longestText the most characters of a text that is read whole, and twice the most numbers
 *     of word vectors; by default a 16th of the size of the heap in bytes
 * @param longestLine the most characters of a line, or of the fields of a row of a table, which has at
 *     most a 16th as many fields, or 1,024 if that is more; by default 2<sup>24</sup> or, if that is
 *     less, a 32nd of the size of the heap
 */
public record Utf8(boolean strict, long longestText, int longestLine) {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** Bytes that are no UTF-8 are an error, whose message has the position of the first. */
  public static final Utf8 STRICT =
      new Utf8(true, Math.max(1 << 16, HEAP / 16), Math.clamp(HEAP / 32, 1 << 16, 1 << 24));

  /** Bytes that are no UTF-8 become {@code U+FFFD}. */
  public static final Utf8 REPLACING = new Utf8(false, STRICT.longestText, STRICT.longestLine);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public Utf8 {
    if (longestText < 1 || longestLine < 1) {
      throw new IllegalArgumentException(
          "[utf8] expected limits of at least 1 character, got "
              + longestText
              + " for a text and "
              + longestLine
              + " for a line");
    }
  }

  /** Returns the same with another limit for texts that are read whole. */
  public Utf8 textsUpTo(long characters) {
    return new Utf8(strict, characters, longestLine);
  }

  /** Returns the same with another limit for lines and rows. */
  public Utf8 linesUpTo(int characters) {
    return new Utf8(strict, longestText, characters);
  }

  /**
   * Returns the lines of a file, without their ends. The stream is to be closed.
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
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the characters of a stream.
   *
   * @param name of what is read, for messages
   * @param bytes is closed with the reader
   */
  public Reader reader(String name, InputStream bytes) {
    return new Decoding(name, bytes, strict);
  }

  /** Appends all characters of a reader, which is closed, to a text that is within the limit. */
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
