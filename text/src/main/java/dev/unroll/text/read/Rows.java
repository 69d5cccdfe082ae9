package dev.unroll.text.read;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a table. */
final class Rows implements Iterator<Row>, AutoCloseable {
  private static final int END = -1;
  private static final Pattern FRACTION = Pattern.compile("[+-]?\\d*[.,]\\d+([eE][+-]?\\d+)?");

  private final String name;
  private final Reader reader;
  private final Tables form;
  private final char[] buffer = new char[1 << 13];
  private int at;
  private int filled;
  private long line = 1;
  private int length; // of the row, so far
  private boolean begun;
  private List<String> names = List.of();
  private @Nullable Row next;

  Rows(String name, Reader reader, Tables form) {
    this.name = name;
    this.reader = reader;
    this.form = form;
  }

  @Override
  public boolean hasNext() {
    try {
      if (!begun && form.hasNames()) {
        Row first = read();
        names = first == null ? List.of() : checked(first);
      }
      begun = true;
      next = next == null ? read() : next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next != null;
  }

  @Override
  public Row next() {
    Row row = hasNext() ? next : null;
    if (row == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return row;
  }

  private static List<String> checked(Row first) throws IOException {
    boolean letters =
        first.fields().stream().anyMatch(f -> f.codePoints().anyMatch(Character::isLetter));
    for (String f : first.fields()) {
      if (!letters || FRACTION.matcher(f.strip()).matches()) {
        throw new IOException(
            first.where()
                + ": expected the names of the columns, got "
                + first.fields()
                + "; read the table without names if it has none");
      }
    }
    return first.fields();
  }

  private int peek() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, reader.read(buffer));
    }
    return at < filled ? buffer[at] : END;
  }

  /** Takes a character of the row; the end of a line is one, however it is written. */
  private int take() throws IOException {
    int c = peek();
    at += c == END ? 0 : 1;
    if (++length > form.bytes().longestLine()) {
      throw new IOException(
          where(line)
              + "is in a row of more than "
              + form.bytes().longestLine()
              + " characters, the limit for a line");
    }
    if (c == '\r' && peek() == '\n') {
      return '\r';
    }
    line += c == '\n' || c == '\r' ? 1 : 0;
    return c;
  }

  private String where(long number) {
    return name + ":" + number + ": ";
  }

  private @Nullable Row read() throws IOException {
    while (peek() == '\n' || peek() == '\r') {
      take();
      length = 0;
    }
    if (peek() == END) {
      return null;
    }
    long begin = line;
    length = 0;
    List<String> fields = new ArrayList<>();
    int last = form.separator();
    while (last == form.separator()) {
      StringBuilder field = new StringBuilder();
      last =
          peek() == '"' && form.quotes() == Quotes.ENCLOSE ? enclosed(field) : plain(field, take());
      fields.add(field.toString());
    }
    return new Row(name + ":" + begin, names, fields);
  }

  /** Takes a field, and returns the character after it. */
  private int plain(StringBuilder field, int first) throws IOException {
    int c = first;
    while (c != form.separator() && c != END && c != '\n' && c != '\r') {
      field.append((char) c);
      c = take();
    }
    return c;
  }

  private int enclosed(StringBuilder field) throws IOException {
    long begin = line;
    take();
    while (true) {
      int c = take();
      if (c == END) {
        throw new IOException(where(begin) + "a quote is opened that is never closed");
      }
      if (c != '"') {
        field.append((char) c);
      } else if (peek() == '"') {
        field.append((char) take());
      } else {
        int after = take();
        if (after != form.separator() && after != END && after != '\n' && after != '\r') {
          throw new IOException(
              where(line)
                  + "a separator must follow the quote that closes the one of line "
                  + begin
                  + "; read the table unquoted if quotes are characters");
        }
        return after;
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
