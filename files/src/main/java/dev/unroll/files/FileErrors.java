package dev.unroll.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;

/** Error messages about files: they name the file and the reason. */
public final class FileErrors {
  private static final int LONGEST = 300;
  private static final int LONGEST_NAME = 100;

  private FileErrors() {}

  /**
   * Escapes text from a file for an error message: invisible characters (control and format
   * characters, line ends, unpaired surrogates) become the escapes of Java and JSON, and the text
   * is truncated to about 300 characters.
   */
  public static String escape(String text) {
    return escape(text, LONGEST);
  }

  /**
   * Returns a name from a file, escaped as by {@link #escape}, truncated, and in quotation marks.
   */
  public static String quoted(String name) {
    return '"' + escape(name, LONGEST_NAME) + '"';
  }

  private static String escape(String text, int longest) {
    StringBuilder all = new StringBuilder();
    int i = 0;
    while (i < text.length() && all.length() < longest) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      if (isVisible(c)) {
        all.appendCodePoint(c);
      } else {
        text.substring(i, end)
            .chars()
            .forEach(u -> all.append("\\u").append(HexFormat.of().toHexDigits((char) u)));
      }
      i = end;
    }
    return i < text.length() ? all.append("...").toString() : all.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

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
