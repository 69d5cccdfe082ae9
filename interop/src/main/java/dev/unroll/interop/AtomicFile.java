package dev.unroll.interop;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
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
   * Writes a file aside, syncs it and renames it. If anything fails, a file that was there before
   * is untouched and nothing else remains.
   *
   * @throws IOException if it cannot be written; the message names the file
   */
  public static void write(Path path, Content content) throws IOException {
    Path aside = path.resolveSibling(path.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException | ClosedByInterruptException e) {
      throw e; // It names the file, or is no fault of it.
    } catch (IOException e) {
      throw new IOException(path + ": cannot be written: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
