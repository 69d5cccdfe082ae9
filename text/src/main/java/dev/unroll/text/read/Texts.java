package dev.unroll.text.read;

import dev.unroll.files.FileErrors;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Reads texts in UTF-8 whole. */
public final class Texts {
  /** So many entries have no number in the record at the end of an archive. */
  private static final int MANY = 0xFFFF;

  private Texts() {}

  /**
   * Reads a file, or all files of a folder and the folders in it, in the order of their names, one
   * after the other. What {@link Documents} leaves out is left out.
   *
   * @throws IOException if there is nothing, a file is not UTF-8, or the text is longer than {@link
   *     Utf8#STRICT} allows: the message names the file and the first byte that is wrong, counted
   *     from 0
   */
  public static String read(Path path) throws IOException {
    return read(path, Utf8.STRICT);
  }

  /**
   * Reads a file, or all files of a folder and the folders in it, in the order of their names, one
   * after the other. What {@link Documents} leaves out is left out.
   *
   * @param bytes how bytes are read, and how long the text may be
   * @throws IOException as {@link #read(Path)}
   */
  public static String read(Path path, Utf8 bytes) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such file or folder");
    }
    List<Path> files = List.of(path);
    if (Files.isDirectory(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        files =
            all.filter(Files::isRegularFile)
                .filter(f -> !Documents.isHidden(path.relativize(f)))
                .sorted(Comparator.comparing(f -> path.relativize(f).toString()))
                .toList();
      }
    }
    StringBuilder text = new StringBuilder();
    for (Path f : files) {
      bytes.append(f.toString(), bytes.open(f), text);
    }
    return text.toString();
  }

  /**
   * Reads the entries of a zip or jar file whose names, in UTF-8, end with a suffix, in the order
   * of their names, one after the other. Names are those of {@link Documents}. An archive that was
   * cut is refused, even one that ends where an entry does.
   *
   * @param name of the file, for messages
   * @param zip its bytes, which are read to their end; is not closed
   * @throws IOException as {@link #read(Path)}
   */
  public static String readZip(String name, InputStream zip, String suffix) throws IOException {
    return readZip(name, zip, suffix, StandardCharsets.UTF_8, Utf8.STRICT);
  }

  /**
   * Reads the entries of a zip or jar file whose names end with a suffix, in the order of their
   * names, one after the other. Names are those of {@link Documents}. An archive that was cut is
   * refused, even one that ends where an entry does.
   *
   * @param name of the file, for messages
   * @param zip its bytes, which are read to their end; is not closed
   * @param names the encoding of the names that do not say that they are UTF-8
   * @param bytes how bytes are read, and how long the text may be, all entries together
   * @throws IOException as {@link #read(Path)}
   */
  public static String readZip(
      String name, InputStream zip, String suffix, Charset names, Utf8 bytes) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Tail all = new Tail(zip);
    ZipInputStream in = new ZipInputStream(all, names);
    Entries entries = new Entries(name, suffix);
    long rest = bytes.longestText();
    int count = 0;
    for (ZipEntry e = entry(name, in); e != null; e = entry(name, in)) {
      count++;
      String entry = entries.next(e.getName());
      if (!entry.isEmpty()) {
        StringBuilder text = new StringBuilder();
        String where = name + "!" + FileErrors.shown(entry);
        bytes.textsUpTo(Math.max(1, rest)).append(where, bytes.reader(where, entryOf(in)), text);
        rest -= text.length();
        texts.put(entry, text.toString());
      }
    }
    if (count == 0) {
      throw new IOException(name + ": expected a zip archive with at least one entry");
    }
    checkEnd(name, count, all);
    return String.join("", texts.values());
  }

  private static void checkEnd(String name, int count, Tail all) throws IOException {
    int expected;
    try {
      expected = all.entries();
    } catch (IOException e) {
      throw new IOException(name + ": cannot be read: " + e.getMessage(), e);
    }
    if (expected < 0) {
      throw new IOException(
          name + ": is cut: expected the directory of the archive after its last entry");
    }
    if (expected < MANY && expected != count) {
      throw new IOException(name + ": is damaged: expected " + expected + " entries, got " + count);
    }
  }

  /** Returns the bytes of the entry that was reached: to close them closes nothing. */
  private static InputStream entryOf(ZipInputStream in) {
    return new FilterInputStream(in) {
      @Override
      public void close() {}
    };
  }

  private static @Nullable ZipEntry entry(String name, ZipInputStream in) throws IOException {
    try {
      return in.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      String why = e.getMessage() == null ? "it ends early" : FileErrors.shown(e.getMessage());
      throw new IOException(name + ": is damaged: " + why, e);
    }
  }
}
