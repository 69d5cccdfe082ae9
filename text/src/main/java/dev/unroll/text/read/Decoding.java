package dev.unroll.text.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes bytes, and counts them for error messages. */
final class Decoding extends Reader {
  private final String name;
  private final InputStream bytes;
  private final boolean strict;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer out = CharBuffer.allocate(1 << 16).flip();
  private long decoded; // number of bytes before those in the buffer
  private boolean begun;
  private boolean ended;

  Decoding(String name, InputStream bytes, boolean strict, Charset charset) {
    this.name = name;
    this.bytes = bytes;
    this.strict = strict;
    this.charset = charset;
    CodingErrorAction action = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
    decoder = charset.newDecoder().onMalformedInput(action).onUnmappableCharacter(action);
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
    boolean first = decoded == 0 && in.position() == 0 && in.limit() == 0;
    decoded += in.position();
    in.compact();
    int n;
    try {
      n = bytes.read(in.array(), in.position(), in.remaining());
    } catch (IOException e) {
      throw new IOException(name + ": cannot be read: " + e.getMessage(), e);
    }
    in.position(in.position() + Math.max(0, n)).flip();
    ended = n < 0;
    if (first && strict && isUtf8() && Encodings.isWide(in)) {
      throw new IOException(name + ": is not UTF-8" + Encodings.likely(in, true));
    }
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
      String wrong = Integer.toHexString(in.get(in.position()) & 0xFF);
      throw new IOException(
          name
              + ": byte "
              + (decoded + in.position())
              + " (0x"
              + (wrong.length() < 2 ? "0" : "")
              + wrong
              + ") is not "
              + charset.name()
              + (isUtf8() ? Encodings.likely(in, decoded == 0) : ""));
    }
  }

  private boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
