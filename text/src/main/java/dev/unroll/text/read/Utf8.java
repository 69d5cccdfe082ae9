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
 * How texts are read, in UTF-8 unless {@link #encodedIn} says otherwise, and how much of them:
 * lines and rows as they are asked for, so that what precedes and follows is not in memory. A byte
 * order mark at the beginning is left out.
 *
 * <pre>{@code
 * try (Stream<String> lines = Utf8.STRICT.linesUpTo(1 << 28).lines(file)) {
 *   lines.forEach(this::use);
 * }
 * }</pre>
 *
 * @param strict whether bytes that are no UTF-8, or not of the encoding, are an error, whose
 *     message has the position of the first and the encoding that the text is likely in; otherwise
 *     they become {@code U+FFFD}
 * @param longestText the most characters of a text that is read whole, and twice the most numbers
 *     of word vectors; by default a 16th of the size of the heap in bytes
 * @param longestLine the most characters of a line, or of the fields of a row of a table, which has
 *     at most a 16th as many fields, or 1,024 if that is more; by default 2<sup>24</sup> or, if
 *     that is less, a 32nd of the size of the heap
 * @param charset the encoding, by default UTF-8
 */
public record Utf8(boolean strict, long longestText, int longestLine, Charset charset) {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  /** Bytes that are no UTF-8 are an error, whose message has the position of the first. */
  public static final Utf8 STRICT =
      new Utf8(
          true,
          Math.max(1 << 16, HEAP / 16),
          Math.clamp(HEAP / 32, 1 << 16, 1 << 24),
          StandardCharsets.UTF_8);

  /** Bytes that are no UTF-8 become {@code U+FFFD}. */
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

  /** Returns the same with another limit for texts that are read whole. */
  public Utf8 textsUpTo(long characters) {
    return new Utf8(strict, characters, longestLine, charset);
  }

  /** Returns the same with another limit for lines and rows. */
  public Utf8 linesUpTo(int characters) {
    return new Utf8(strict, longestText, characters, charset);
  }

  /**
   * Returns the same for bytes in another encoding, such as {@code windows-1252} of spreadsheets in
   * Western Europe and {@code x-windows-949} of Korean Windows.
   */
  public Utf8 encodedIn(Charset other) {
    return new Utf8(strict, longestText, longestLine, other);
  }

  Utf8 replacing() {
    return new Utf8(false, longestText, longestLine, charset);
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
      throw unchecked(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns an exception for a stream, which says what the other says and no more. */
  static UncheckedIOException unchecked(IOException e) {
    return new UncheckedIOException(Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
  }

  /**
   * Returns the characters of a stream.
   *
   * @param name of what is read, for messages
   * @param bytes is closed with the reader
   */
  public Reader reader(String name, InputStream bytes) {
    return new Decoding(name, bytes, strict, charset);
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
