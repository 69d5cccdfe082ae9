package dev.unroll.text.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Texts in files of their own, in folders that say what they are: read when they are asked for. */
public final class Documents {
  /** An entry of an archive that is larger than this, once unpacked, is refused. */
  private static final long LARGEST = 1L << 28;

  private Documents() {}

  /**
   * Reads the files of a folder's folders, whose names are the labels: {@code pos/1.txt}, {@code
   * neg/7.txt}. They come in the order of their names; what begins with a dot is left out. The
   * stream is to be closed.
   *
   * @throws IOException if it cannot be opened; later errors are {@link UncheckedIOException}s
   */
  public static Stream<Document> folders(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(root.toString());
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(root, 2)) {
      files =
          all.filter(f -> root.relativize(f).getNameCount() == 2)
              .filter(f -> !root.relativize(f).toString().startsWith("."))
              .filter(f -> !f.getFileName().toString().startsWith("."))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(Path::toString))
              .toList();
    }
    return files.stream().map(f -> document(root, f));
  }

  private static Document document(Path root, Path file) {
    String name = root.relativize(file).toString();
    try {
      String text = text(file.toString(), Files.newInputStream(file), Long.MAX_VALUE);
      return new Document(name, root.relativize(file).getName(0).toString(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the files of a zip or jar archive. They come in the order in which they stand in it; the
   * stream is to be closed.
   *
   * @param suffix of the names that are wanted; empty for all
   * @throws IOException if it cannot be opened, or is no archive
   */
  public static Stream<Document> zip(Path archive, String suffix) throws IOException {
    if (!Files.exists(archive)) {
      throw new NoSuchFileException(archive.toString());
    }
    ZipFile zip;
    try {
      zip = new ZipFile(archive.toFile());
    } catch (IOException e) {
      throw new IOException(archive + ": is no zip archive: " + e.getMessage(), e);
    }
    return zip.stream()
        .filter(e -> !e.isDirectory() && e.getName().endsWith(suffix))
        .map(e -> document(archive, zip, e))
        .onClose(() -> Utf8.close(zip));
  }

  private static Document document(Path archive, ZipFile zip, ZipEntry entry) {
    String name = entry.getName();
    int slash = name.lastIndexOf('/');
    String label = slash < 0 ? "" : name.substring(name.lastIndexOf('/', slash - 1) + 1, slash);
    try {
      return new Document(
          name, label, text(archive + "!" + name, zip.getInputStream(entry), LARGEST));
    } catch (IOException e) {
      String where = archive + "!" + name;
      boolean says = String.valueOf(e.getMessage()).startsWith(where);
      throw new UncheckedIOException(says ? e : new IOException(where + ": is damaged: " + e, e));
    }
  }

  static String text(String name, InputStream bytes, long largest) throws IOException {
    try (Reader reader = Utf8.STRICT.reader(name, bytes)) {
      StringBuilder text = new StringBuilder();
      char[] part = new char[1 << 13];
      for (int n = reader.read(part); n >= 0; n = reader.read(part)) {
        text.append(part, 0, n);
        if (text.length() > largest) {
          throw new IOException(name + ": is larger than " + largest + " characters");
        }
      }
      return text.toString();
    }
  }
}
