package dev.unroll.text.read;

import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Selects the entries of an archive, and normalizes their paths. */
final class Entries {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:/");

  private final String archive;
  private final String suffix;
  private final Set<String> seen = new HashSet<>();

  /**
   * Creates a selection for one archive.
   *
   * @param archive its name, for messages
   */
  Entries(String archive, String suffix) {
    this.archive = archive;
    this.suffix = suffix;
  }

  /**
   * Returns the path of the next entry relative to the root of the archive; empty if the entry is
   * to be skipped. Backslashes, which Windows programs write, separate like slashes; parts that are
   * empty or a dot are removed.
   *
   * @throws IOException if the path leaves the archive, or occurred before
   */
  String next(String name) throws IOException {
    String slashes = name.replace('\\', '/');
    List<String> parts =
        Arrays.stream(slashes.split("/")).filter(p -> !p.isEmpty() && !p.equals(".")).toList();
    boolean folder = slashes.endsWith("/");
    if (slashes.startsWith("/")
        || DRIVE.matcher(slashes).lookingAt()
        || parts.contains("..")
        || (parts.isEmpty() && !folder)) {
      throw new IOException(
          archive
              + ": expected entries with relative paths without \"..\", got "
              + FileErrors.quoted(name));
    }
    String path = String.join("/", parts);
    if (folder || !path.endsWith(suffix) || Documents.isHidden(path)) {
      return "";
    }
    if (!seen.add(path)) {
      throw new IOException(archive + ": has two entries named " + FileErrors.quoted(path));
    }
    return path;
  }
}
