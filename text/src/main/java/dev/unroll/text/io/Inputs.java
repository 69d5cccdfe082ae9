package dev.unroll.text.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files for reading; error messages name the file. */
public final class Inputs {
  private Inputs() {}

  /**
   * Opens a file.
   *
   * @throws IOException if the file does not exist, is a folder, or is not readable
   */
  public static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, got a folder");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw noSuch(file, e);
    } catch (AccessDeniedException e) {
      AccessDeniedException denied =
          new AccessDeniedException(file.toString(), null, "may not be read");
      denied.initCause(e);
      throw denied;
    }
  }

  private static NoSuchFileException noSuch(Path file, IOException cause) {
    NoSuchFileException e =
        new NoSuchFileException(file.toString(), null, "there is no such file or folder");
    e.initCause(cause);
    return e;
  }
}
