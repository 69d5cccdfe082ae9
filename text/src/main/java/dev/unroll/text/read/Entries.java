package dev.unroll.text.read;

import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which entries of an archive are wanted, and by which names. */
final class Entries {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:/");

  private final String archive;
  private final String suffix;
  private final Set<String> seen = new HashSet<>();

  /**
   * Begins with an archive.
   *
   * @param archive its name, for messages
   */
  Entries(String archive, String suffix) {
    this.archive = archive;
    this.suffix = suffix;
  }

  /**
   * Returns the path of the next entry from the root of the archive; empty if it is not wanted.
   * Backslashes, which Windows writes, separate as slashes do; parts that are empty or a dot are
   * left out.
   *
   * @throws IOException if the path leaves the archive, or an earlier entry has it
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
