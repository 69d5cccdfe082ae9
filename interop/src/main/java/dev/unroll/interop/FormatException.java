package dev.unroll.interop;

import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.nio.file.Path;

/** Thrown when a file is not in the expected format, or is damaged. */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  FormatException(Path path, String what) {
    super(path + " " + FileErrors.escape(what));
  }
}
