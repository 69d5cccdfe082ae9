package dev.unroll.interop;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Folders of files that appear whole or not at all. */
public final class AtomicFolder {
  private AtomicFolder() {}

  /** Writes the files. */
  public interface Content {
    /** Writes every file into an empty folder; {@link AtomicFile} syncs what it writes. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes a new folder aside, syncs it and renames it. If anything fails, nothing of it remains;
   * what an earlier process left when it was killed is cleared away.
   *
   * @param folder in a folder that exists; not there yet
   */
  public static void write(Path folder, Content content) throws IOException {
    Path home = Objects.requireNonNull(folder.toAbsolutePath().getParent());
    Path aside = home.resolve(folder.getFileName() + ".part");
    try {
      delete(aside);
      Files.createDirectory(aside);
      content.writeTo(aside);
      sync(aside);
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
      sync(home);
    } catch (IOException e) {
      try {
        delete(aside);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Deletes a folder and all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path p : all) {
      Files.deleteIfExists(p);
    }
  }

  /** Makes names last: where the system lets folders be opened at all, Windows does not. */
  private static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder)) {
        channel.force(true);
      }
    }
  }
}
