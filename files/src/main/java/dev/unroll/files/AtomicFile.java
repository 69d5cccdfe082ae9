package dev.unroll.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that appear whole or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content. */
  public interface Content {
    /** Writes everything; the stream is closed afterwards. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file under a random temporary name in the same folder, syncs it, renames it and syncs
   * the folder. If anything fails, a file that existed before is unchanged and nothing else
   * remains; if the process is killed, a temporary file may remain ({@code .NAME.*.part}), which
   * the next write of the same file deletes. A symbolic link at {@code path} is replaced, not
   * followed. In a file system other than the default one, such as a zip archive, nothing is locked
   * or synced.
   *
   * @throws IOException if writing fails; the message names the file
   */
  public static void write(Path path, Content content) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(path + ": cannot be written: it is a folder");
    }
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      writeElsewhere(path, content);
      return;
    }
    try (Part part = Part.of(path)) {
      OutputStream out =
          new BufferedOutputStream(Channels.newOutputStream(part.channel()), 1 << 16);
      content.writeTo(out);
      out.flush();
      part.moveTo(path);
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be written", e);
    }
  }

  /**
   * Writes to a file system other than the default one, such as a zip archive: a file may become
   * visible only when its stream is closed, and neither locking nor syncing is supported.
   */
  private static void writeElsewhere(Path path, Content content) throws IOException {
    Path part = Part.name(path);
    try {
      try (OutputStream out =
          Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be written", e);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
