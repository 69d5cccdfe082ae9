package dev.unroll.text.read;

import java.util.Objects;

/**
 * A text read from a file.
 *
 * @param name the file's path in its folder or archive
 * @param label the name of its parent folder
 * @param text the file's content
 */
public record Document(String name, String label, String text) {
  /** Checks for null. */
  public Document {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(text, "text");
  }
}
