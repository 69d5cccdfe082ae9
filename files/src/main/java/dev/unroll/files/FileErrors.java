package dev.unroll.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/** Errors of the file system that name the file and say what is wrong. */
public final class FileErrors {
  private FileErrors() {}

  /**
   * Returns an exception whose message begins with the file. The JDK's own messages often consist
   * of the path alone ("a/b"), or of the reason alone ("Is a directory").
   *
   * @param path the file that the caller asked for
   * @param failed what could not be done, such as {@code cannot be read}
   * @param e returned as it is if it names the file and a reason, or if the thread was interrupted
   */
  public static IOException named(Path path, String failed, IOException e) {
    String file = path.toString();
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    if (e instanceof ClosedByInterruptException
        || (message.startsWith(file) && message.length() > file.length())) {
      return e;
    }
    FileSystemException named =
        switch (e) {
          case NoSuchFileException _ ->
              new NoSuchFileException(file, null, failed + ": there is no such file or folder");
          case AccessDeniedException _ ->
              new AccessDeniedException(file, null, failed + ": access is denied");
          case FileAlreadyExistsException _ ->
              new FileAlreadyExistsException(file, null, failed + ": it exists already");
          case FileSystemException f when f.getReason() != null ->
              new FileSystemException(file, null, failed + ": " + f.getReason());
          case NotDirectoryException _ ->
              new FileSystemException(file, null, failed + ": it is not a folder");
          default -> new FileSystemException(file, null, failed + ": " + message);
        };
    named.initCause(e);
    return named;
  }
}
