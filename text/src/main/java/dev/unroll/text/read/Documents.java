package dev.unroll.text.read;

import dev.unroll.files.FileErrors;
import dev.unroll.text.io.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads text files lazily, labeled by their parent folder. In folders and archives alike, files and
 * folders whose name begins with a dot or is {@code __MACOSX} are skipped. Labels are normalized to
 * NFC, whatever the file system does.
 *
 * <p>Names in an archive are paths relative to its root, separated by slashes: backslashes, which
 * some Windows programs write, become slashes, and parts that are empty or {@code .} are removed.
 * An archive is rejected if a name is absolute ({@code /a}, {@code C:/a}), contains {@code ..}, or
 * occurs twice.
 *
 * {@snippet class="snippets.ReadTest" region="Documents"}
 */
public final class Documents {
  private Documents() {}

  /**
   * Reads the files of the subfolders of a folder; the subfolders' names are the labels: {@code
   * pos/1.txt}, {@code neg/7.txt}. The files are sorted by name. The stream must be closed.
   *
   * @throws IOException if it cannot be opened; later errors are {@link UncheckedIOException}s
   */
  public static Stream<Document> folders(Path root) throws IOException {
    return folders(root, Utf8.STRICT);
  }

  /**
   * Reads the files of the subfolders of a folder; the subfolders' names are the labels. The files
   * are sorted by name. The stream must be closed.
   *
   * @param bytes how bytes are decoded, and the maximum length of each text
   * @throws IOException if it cannot be opened; later errors are {@link UncheckedIOException}s
   */
  public static Stream<Document> folders(Path root, Utf8 bytes) throws IOException {
    if (!Files.isDirectory(root)) {
      Inputs.open(root).close(); // Its message says that there is no such folder.
      throw new IOException(root + ": expected a folder, got a file");
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(root, 2)) {
      files =
          all.filter(f -> root.relativize(f).getNameCount() == 2)
              .filter(f -> !isHidden(root.relativize(f)))
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(Path::toString))
              .toList();
    }
    return files.stream().map(f -> document(root, f, bytes));
  }

  private static Document document(Path root, Path file, Utf8 bytes) {
    String name = root.relativize(file).toString();
    StringBuilder text = new StringBuilder();
    try {
      bytes.append(file.toString(), bytes.open(file), text);
    } catch (IOException e) {
      throw Utf8.unchecked(e);
    }
    String label = root.relativize(file).getName(0).toString();
    return new Document(name, composed(label), text.toString());
  }

  private static String composed(String label) {
    return Normalizer.normalize(label, Normalizer.Form.NFC);
  }

  /** Returns whether a part of a path marks a hidden or system file. */
  static boolean isHidden(Path relative) {
    return isHidden(relative.toString().replace('\\', '/'));
  }

  static boolean isHidden(String relative) {
    for (String part : relative.split("/", -1)) {
      if (part.startsWith(".") || part.equals("__MACOSX")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the files of a zip or jar archive whose names are in UTF-8, in the order of the archive.
   * The stream must be closed.
   *
   * @param suffix the suffix of the names to read; empty for all
   * @throws IOException if it cannot be opened, is not an archive, or has an invalid name; later
   *     errors are {@link UncheckedIOException}s
   */
  public static Stream<Document> zip(Path archive, String suffix) throws IOException {
    return zip(archive, suffix, StandardCharsets.UTF_8, Utf8.STRICT);
  }

  /**
   * Reads the files of a zip or jar archive, in the order of the archive. The stream must be
   * closed.
   *
   * @param suffix the suffix of the names to read; empty for all
   * @param names the encoding of names that are not marked as UTF-8: {@code
   *     Charset.forName("x-windows-949")} for those of Korean Windows
   * @param bytes how bytes are decoded, and the maximum length of each text
   * @throws IOException if it cannot be opened, is not an archive, or has an invalid name; later
   *     errors are {@link UncheckedIOException}s
   */
  public static Stream<Document> zip(Path archive, String suffix, Charset names, Utf8 bytes)
      throws IOException {
    Inputs.open(archive).close(); // Its message says that the file does not exist or is a folder.
    ZipFile zip = open(archive, names);
    Map<String, ZipEntry> wanted = new LinkedHashMap<>();
    Entries entries = new Entries(archive.toString(), suffix);
    try {
      for (ZipEntry e : Collections.list(zip.entries())) {
        wanted.put(entries.next(e.getName()), e);
      }
    } catch (IOException e) {
      zip.close();
      throw e;
    }
    wanted.remove("");
    return wanted.entrySet().stream()
        .map(e -> document(archive, zip, e.getKey(), e.getValue(), bytes))
        .onClose(() -> Utf8.close(zip));
  }

  private static ZipFile open(Path archive, Charset names) throws IOException {
    if (!archive.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IllegalArgumentException(
          "[documents] expected an archive in the default file system, got " + archive.toUri());
    }
    try {
      return new ZipFile(archive.toFile(), names);
    } catch (IOException | IllegalArgumentException e) {
      boolean name = String.valueOf(e.getMessage()).contains("bad entry name");
      throw new IOException(
          archive
              + (name
                  ? ": has a name that is not " + names + "; specify the encoding of its names"
                  : ": is not a zip archive: " + FileErrors.escape(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static Document document(
      Path archive, ZipFile zip, String name, ZipEntry entry, Utf8 bytes) {
    int slash = name.lastIndexOf('/');
    String label = slash < 0 ? "" : name.substring(name.lastIndexOf('/', slash - 1) + 1, slash);
    String where = archive + "!" + FileErrors.escape(name);
    StringBuilder text = new StringBuilder();
    try {
      CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
      bytes.append(where, bytes.reader(where, in), text);
      if (entry.getCrc() != -1 && in.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException(where + ": is damaged: its checksum does not match its bytes");
      }
      return new Document(name, composed(label), text.toString());
    } catch (IOException e) {
      boolean says = String.valueOf(e.getMessage()).startsWith(where);
      throw Utf8.unchecked(
          says ? e : new IOException(where + ": is damaged: " + e.getMessage(), e));
    }
  }
}
