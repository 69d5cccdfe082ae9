package dev.unroll.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that results can be written, before the work whose results they are begins. */
public final class OutputPaths {
  private OutputPaths() {}

  /**
   * Creates the folder of an output file.
   *
   * @throws IOException if the file cannot be written there; the message names it
   */
  public static void file(Path file) throws IOException {
    String failed = "cannot be written";
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, failed + ": it is a folder");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      make(folder, file, failed);
    }
  }

  /**
   * Creates an output folder unless it exists.
   *
   * @throws IOException if that fails; the message names it
   */
  public static void folder(Path folder) throws IOException {
    make(folder.toAbsolutePath(), folder, "this folder cannot be created");
  }

  private static void make(Path folder, Path named, String failed) throws IOException {
    for (Path above = folder; above != null; above = above.getParent()) {
      if (Files.exists(above) && !Files.isDirectory(above)) {
        throw new FileSystemException(
            named.toString(), null, failed + ": " + above + " is not a folder");
      }
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.named(named, failed, e);
    }
    if (!Files.isWritable(folder)) {
      throw new FileSystemException(
          named.toString(), null, failed + ": nothing can be written into " + folder);
    }
  }
}
