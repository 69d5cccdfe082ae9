package dev.unroll.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of files that appear whole or not at all. */
public final class AtomicFolder {
  private AtomicFolder() {}

  /** Writes the files of a folder. */
  public interface Content {
    /** Writes every file into an empty folder; {@link AtomicFile} syncs what it writes. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes a new folder under a random temporary name in the same parent, syncs it, renames it and
   * syncs the parent. If anything fails, nothing remains; if the process is killed, a temporary
   * folder may remain: see {@link #clean}.
   *
   * @param folder must not exist; its parent must
   * @throws IOException if writing fails; the message names the file or the folder
   */
  public static void write(Path folder, Content content) throws IOException {
    Path part = Part.name(folder);
    try {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(folder.toString(), null, "exists already");
      }
      Files.createDirectory(part);
      content.writeTo(part);
      Part.sync(part);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
      Part.sync(Part.folder(folder));
    } catch (IOException e) {
      IOException named = FileErrors.named(folder, "cannot be written", inside(part, folder, e));
      try {
        delete(part);
      } catch (IOException left) {
        named.addSuppressed(left);
      }
      throw named;
    } catch (RuntimeException | Error e) {
      try {
        delete(part);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Replaces the temporary folder in the message by the folder that the caller named. */
  private static IOException inside(Path part, Path folder, IOException e) {
    String message = e.getMessage();
    return message != null && message.startsWith(part + part.getFileSystem().getSeparator())
        ? new IOException(message.replace(part.toString(), folder.toString()), e)
        : e;
  }

  /**
   * Deletes the temporary files and folders that killed processes left in a folder. No other
   * process may be writing into the folder meanwhile.
   */
  public static void clean(Path home) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(home, Part::isPart)) {
      for (Path p : left) {
        delete(p);
      }
    }
  }

  /** Deletes a folder and its content, if it exists; symbolic links are not followed. */
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
}
