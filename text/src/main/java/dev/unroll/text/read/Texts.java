package dev.unroll.text.read;

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
   * of their names, one after the other.
   *
   * @param name of the file, for messages
   * @param zip its bytes; is not closed
   * @throws IOException as {@link #read(Path)}
   */
  public static String readZip(String name, InputStream zip, String suffix) throws IOException {
    return readZip(name, zip, suffix, StandardCharsets.UTF_8, Utf8.STRICT);
  }

  /**
   * Reads the entries of a zip or jar file whose names end with a suffix, in the order of their
   * names, one after the other.
   *
   * @param name of the file, for messages
   * @param zip its bytes; is not closed
   * @param names the encoding of the names that do not say that they are UTF-8
   * @param bytes how bytes are read, and how long the text may be, all entries together
   * @throws IOException as {@link #read(Path)}
   */
  public static String readZip(
      String name, InputStream zip, String suffix, Charset names, Utf8 bytes) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    ZipInputStream in = new ZipInputStream(zip, names);
    long rest = bytes.longestText();
    ZipEntry e = entry(name, in);
    if (e == null) {
      throw new IOException(name + ": expected a zip archive with at least one entry");
    }
    while (e != null) {
      String entry = e.getName();
      if (!e.isDirectory() && entry.endsWith(suffix) && !Documents.isHidden(entry)) {
        StringBuilder text = new StringBuilder();
        String where = name + "!" + entry;
        bytes.textsUpTo(Math.max(1, rest)).append(where, bytes.reader(where, entryOf(in)), text);
        rest -= text.length();
        texts.put(entry, text.toString());
      }
      e = entry(name, in);
    }
    return String.join("", texts.values());
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
      throw new IOException(name + ": is damaged: " + e.getMessage(), e);
    }
  }
}
