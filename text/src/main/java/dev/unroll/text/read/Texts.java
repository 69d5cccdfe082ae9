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

/**
 * Reads whole texts.
 *
 * {@snippet class="snippets.ReadTest" region="Texts"}
 */
public final class Texts {
  /** The end record cannot represent this number of entries. */
  private static final int MANY = 0xFFFF;

  private Texts() {}

  /**
   * Reads a file, or all files of a folder and its subfolders, concatenated in the order of their
   * names. What {@link Documents} skips is skipped.
   *
   * @throws IOException if the file does not exist, is not UTF-8, or the text is longer than {@link
   *     Utf8#STRICT} allows: the message names the file and the offset of the first malformed byte
   */
  public static String read(Path path) throws IOException {
    return read(path, Utf8.STRICT);
  }

  /**
   * Reads a file, or all files of a folder and its subfolders, concatenated in the order of their
   * names. What {@link Documents} skips is skipped.
   *
   * @param bytes how bytes are decoded, and the maximum length of the text
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
   * Reads the entries of a zip or jar file whose names, in UTF-8, end with a suffix, concatenated
   * in the order of their names. Names are those of {@link Documents}. A truncated archive is
   * rejected, even if it ends at an entry's end.
   *
   * @param name the name of the file, for messages
   * @param zip its bytes, which are read to the end; not closed
   * @throws IOException as {@link #read(Path)}
   */
  public static String readZip(String name, InputStream zip, String suffix) throws IOException {
    return readZip(name, zip, suffix, StandardCharsets.UTF_8, Utf8.STRICT);
  }

  /**
   * Reads the entries of a zip or jar file whose names end with a suffix, concatenated in the order
   * of their names. Names are those of {@link Documents}. A truncated archive is rejected, even if
   * it ends at an entry's end.
   *
   * @param name the name of the file, for messages
   * @param zip its bytes, which are read to the end; not closed
   * @param names the encoding of names that are not marked as UTF-8
   * @param bytes how bytes are decoded, and the maximum length of the text, all entries together
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
        String where = name + "!" + FileErrors.escape(entry);
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
          name + ": is truncated: expected the central directory after the last entry");
    }
    if (expected < MANY && expected != count) {
      throw new IOException(name + ": is damaged: expected " + expected + " entries, got " + count);
    }
  }

  /** Returns the bytes of the current entry; closing them has no effect. */
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
      String why = e.getMessage() == null ? "it is truncated" : FileErrors.escape(e.getMessage());
      throw new IOException(name + ": is damaged: " + why, e);
    }
  }
}
