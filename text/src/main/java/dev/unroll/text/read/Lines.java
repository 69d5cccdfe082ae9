package dev.unroll.text.read;

import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the lines of a text; a line beyond the length limit is rejected before it exhausts
 * the heap.
 */
final class Lines implements Iterator<String>, AutoCloseable {
  private final String name;
  private final Reader reader;
  private final int longest;
  private final char[] buffer = new char[1 << 13];
  private int at;
  private int filled;
  private long number;
  private boolean afterReturn; // a following line feed belongs to the same line end
  private @Nullable String next;

  Lines(String name, Reader reader, int longest) {
    this.name = name;
    this.reader = reader;
    this.longest = longest;
  }

  @Override
  public boolean hasNext() {
    try {
      next = next == null ? read() : next;
    } catch (IOException e) {
      throw Utf8.unchecked(e);
    }
    return next != null;
  }

  @Override
  public String next() {
    String line = hasNext() ? next : null;
    if (line == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return line;
  }

  private boolean fill() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, reader.read(buffer));
    }
    return at < filled;
  }

  private @Nullable String read() throws IOException {
    if (fill() && afterReturn && buffer[at] == '\n') {
      at++;
    }
    afterReturn = false;
    if (!fill()) {
      return null;
    }
    number++;
    StringBuilder line = new StringBuilder();
    while (fill()) {
      int end = at;
      while (end < filled && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      if (line.length() + end - at > longest) {
        throw new IOException(
            name
                + ":"
                + number
                + ": is longer than "
                + longest
                + " characters, the limit for a line");
      }
      line.append(buffer, at, end - at);
      at = end;
      if (end < filled) {
        afterReturn = buffer[at++] == '\r';
        break;
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
