package dev.unroll.text.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a zip archive; the last ones are retained. A stream of entries ends in the same way
 * whether the archive is complete or truncated: only the record at the end of the archive tells.
 */
final class Tail extends FilterInputStream {
  private static final int SIGNATURE = 0x06054b50;
  private static final int RECORD = 22;

  /** The length of the end record with the longest comment. */
  private static final int LONGEST = RECORD + 0xFFFF;

  private final byte[] last = new byte[2 * LONGEST];
  private int kept;

  Tail(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int n = in.read(to, offset, Math.min(length, LONGEST));
    if (n > 0) {
      if (kept + n > last.length) {
        System.arraycopy(last, kept - LONGEST, last, 0, LONGEST);
        kept = LONGEST;
      }
      System.arraycopy(to, offset, last, kept, n);
      kept += n;
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return Math.max(0, read(new byte[Math.clamp(n, 0, 1 << 13)]));
  }

  /**
   * Returns the number of entries according to the end record, modulo 2^16; -1 if there is no such
   * record.
   */
  int entries() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    ByteBuffer b = ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = kept - RECORD; at >= 0; at--) {
      int comment = b.getShort(at + RECORD - 2) & 0xFFFF;
      if (b.getInt(at) == SIGNATURE && at + RECORD + comment == kept) {
        return b.getShort(at + 10) & 0xFFFF;
      }
    }
    return -1;
  }
}
