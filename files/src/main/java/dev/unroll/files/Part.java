package dev.unroll.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A temporary file in the folder of the file that it will replace. Its name is random, so that it
 * cannot be predicted, and it is created only if nothing of that name exists, not even a symbolic
 * link. Its writer holds a lock on it: a temporary file that can be locked was left by a killed
 * process, and the next writer of the same file deletes it.
 */
final class Part implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Distinguishes this process's temporary files from those of others. */
  private static final String PROCESS = token();

  private static final Pattern END = Pattern.compile("[0-9a-f]{32}\\.part");

  /**
   * The temporary name repeats this many characters of the file's name: file systems limit the
   * length.
   */
  private static final int PREFIX = 40;

  private static final int TRIES = 10;

  private final Path folder;
  private final Path path;
  private final FileChannel channel;
  private boolean moved;

  private Part(Path folder, Path path, FileChannel channel) {
    this.folder = folder;
    this.path = path;
    this.channel = channel;
  }

  private static String token() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  /** Returns a name for a temporary file or folder that will become {@code path}. */
  static Path name(Path path) {
    return folder(path).resolve(prefix(path) + PROCESS + token() + ".part");
  }

  private static String prefix(Path path) {
    String name = Objects.requireNonNull(path.getFileName(), "a path has a name").toString();
    int length = Math.min(name.length(), PREFIX);
    if (length > 0 && Character.isHighSurrogate(name.charAt(length - 1))) {
      length--;
    }
    return "." + name.substring(0, length) + ".";
  }

  /** Returns the parent folder of a file. */
  static Path folder(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a parent folder");
  }

  /** Returns whether this is the name of a temporary file or folder. */
  static boolean isPart(Path path) {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.', Math.max(0, name.length() - ".part".length() - 1));
    return name.startsWith(".") && dot > 0 && END.matcher(name.substring(dot + 1)).matches();
  }

  /** Creates a temporary file for a file. */
  static Part of(Path target) throws IOException {
    clean(target);
    for (int i = 0; i < TRIES; i++) {
      Path path = name(target);
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      Part part = new Part(folder(target), path, channel);
      try {
        if (part.isOurs()) {
          return part;
        }
      } catch (IOException e) {
        part.close();
        throw e;
      }
      part.close();
    }
    throw new IOException("its temporary files are being deleted");
  }

  /** Locks the file, unless another process has just taken it for a leftover. */
  private boolean isOurs() throws IOException {
    try {
      return channel.tryLock() != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      return true; // A file system without locks: there, leftovers are never deleted.
    }
  }

  FileChannel channel() {
    return channel;
  }

  /** Replaces another file by this one, durably. */
  void moveTo(Path target) throws IOException {
    channel.force(true);
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    moved = true;
    sync(folder);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!moved) {
      Files.deleteIfExists(path);
    }
  }

  /** Syncs a folder's entries where folders can be opened, which Windows does not allow. */
  static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder)) {
        channel.force(true);
      } catch (AccessDeniedException e) {
        return; // A folder that is writable but not readable.
      }
    }
  }

  /** Deletes the temporary files of processes that were killed while writing this file. */
  private static void clean(Path target) throws IOException {
    String prefix = prefix(target);
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            folder(target), p -> isPart(p) && p.getFileName().toString().startsWith(prefix))) {
      for (Path p : left) {
        deleteAbandoned(p);
      }
    } catch (AccessDeniedException | DirectoryIteratorException | UncheckedIOException e) {
      return; // Leftovers are harmless.
    }
  }

  private static void deleteAbandoned(Path part) {
    if (part.getFileName().toString().contains(PROCESS)) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException | OverlappingFileLockException e) {
      return; // In use, or not ours to delete.
    }
  }
}
