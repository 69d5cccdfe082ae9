package dev.unroll.text.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Texts in UTF-8, read as they are asked for: what lies before and behind is not in memory. A mark
 * at the beginning ({@code U+FEFF}) is left out.
 */
public enum Utf8 {
  /** Bytes that are no UTF-8 are an error, whose message has the position of the first. */
  STRICT,

  /** Bytes that are no UTF-8 become {@code U+FFFD}. */
  REPLACING;

  /**
   * Returns the lines of a file, without their ends. The stream is to be closed.
   *
   * @throws IOException if the file cannot be opened; later errors are {@link
   *     UncheckedIOException}s
   */
  public Stream<String> lines(Path file) throws IOException {
    BufferedReader lines = new BufferedReader(reader(file.toString(), Files.newInputStream(file)));
    return lines.lines().onClose(() -> close(lines));
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
    CodingErrorAction action =
        this == STRICT ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
    return new Decoding(name, bytes, decoder);
  }

  /** Decodes, and counts the bytes. */
  private static final class Decoding extends Reader {
    private final String name;
    private final InputStream bytes;
    private final CharsetDecoder decoder;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16).flip();
    private final CharBuffer out = CharBuffer.allocate(1 << 16).flip();
    private long decoded; // bytes before those in the buffer
    private boolean begun;
    private boolean ended;

    Decoding(String name, InputStream bytes, CharsetDecoder decoder) {
      this.name = name;
      this.bytes = bytes;
      this.decoder = decoder;
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (!out.hasRemaining()) {
        if (ended) {
          return -1;
        }
        fill();
      }
      int n = Math.min(length, out.remaining());
      out.get(to, offset, n);
      return n;
    }

    private void fill() throws IOException {
      decoded += in.position();
      in.compact();
      int n = bytes.read(in.array(), in.position(), in.remaining());
      in.position(in.position() + Math.max(0, n)).flip();
      ended = n < 0;
      out.clear();
      CoderResult result = decoder.decode(in, out, ended);
      if (ended && !result.isError()) {
        decoder.flush(out);
      }
      out.flip();
      if (!begun && out.hasRemaining()) {
        begun = true;
        if (out.get(0) == '\uFEFF') {
          out.get();
        }
      }
      if (result.isError()) {
        int wrong = in.get(in.position()) & 0xFF;
        throw new IOException(
            String.format(
                "%s: byte %d (0x%02x) is not UTF-8", name, decoded + in.position(), wrong));
      }
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
