package dev.unroll.text.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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

/** Reads texts in UTF-8. */
public final class Texts {
  private Texts() {}

  /**
   * Reads a file, or all files of a folder and the folders in it, in the order of their names, one
   * after the other. Files and folders whose name begins with a dot are left out.
   *
   * @throws IOException if there is nothing, or if a file is not UTF-8: the message names the file
   *     and the first byte that is wrong, counted from 0
   */
  public static String read(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "there is no such file or folder");
    }
    if (!Files.isDirectory(path)) {
      return text(path);
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(f -> !hidden(path.relativize(f)))
              .sorted(Comparator.comparing(f -> path.relativize(f).toString()))
              .toList();
    }
    StringBuilder text = new StringBuilder();
    for (Path f : files) {
      text.append(text(f));
    }
    return text.toString();
  }

  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the entries of a zip or jar file whose names end with a suffix, in the order of their
   * names, one after the other.
   *
   * @param name of the file, for messages
   * @param zip its bytes; is not closed
   * @throws IOException as {@link #read}
   */
  public static String readZip(String name, InputStream zip, String suffix) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    ZipInputStream in = new ZipInputStream(zip);
    for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
      if (!e.isDirectory() && e.getName().endsWith(suffix)) {
        texts.put(
            e.getName(),
            Documents.text(
                name + "!" + e.getName(),
                new ByteArrayInputStream(in.readAllBytes()),
                Long.MAX_VALUE));
      }
    }
    return String.join("", texts.values());
  }

  private static String text(Path file) throws IOException {
    return Documents.text(file.toString(), Files.newInputStream(file), Long.MAX_VALUE);
  }
}
