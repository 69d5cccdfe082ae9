package dev.unroll.interop;

import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.nio.file.Path;

/** A file is not what it should be: not of its format, or damaged. */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  FormatException(Path path, String what) {
    super(path + " " + FileErrors.shown(what));
  }
}
