package dev.unroll.training;

import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks a folder of checkpoints, so that one run at a time writes there. The operating system
 * releases the lock of a process that dies, whatever the file contains; a run that ends deletes the
 * file.
 */
final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.unroll.training");
  private static final String NAME = ".lock";

  /** Far beyond the text of the file, which other processes read. */
  private static final long POSITION = Long.MAX_VALUE - 1;

  /**
   * The content of a file that is about to be deleted; a process that has opened it must open it
   * again.
   */
  private static final String RELEASED = "released";

  private static final int TRIES = 100;
  private static final int LONGEST = 200;

  /**
   * The folders that this process has locked, and since when. File locks belong to the process: a
   * second channel is not rejected on every system, and closing it releases the first one's lock.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path home;
  private final Path file;
  private final FileChannel channel;

  private RunLock(Path home, FileChannel channel) {
    this.home = home;
    this.file = home.resolve(NAME);
    this.channel = channel;
  }

  /**
   * Locks an existing folder.
   *
   * @throws IOException if a run of this or another process uses it; the message has the process
   *     and its start time
   */
  static RunLock of(Path folder) throws IOException {
    boolean interrupted = Thread.interrupted(); // An interrupt would close the channel.
    try {
      Path home = folder.toRealPath();
      String owner = owner();
      String other = HELD.putIfAbsent(home, owner);
      if (other != null) {
        throw refusal(folder, other + ", this process");
      }
      boolean locked = false;
      try {
        RunLock lock = new RunLock(home, lock(folder, home.resolve(NAME), owner));
        locked = true;
        return lock;
      } finally {
        if (!locked) {
          HELD.remove(home);
        }
      }
    } catch (IOException e) {
      throw FileErrors.named(folder, "cannot be locked", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static FileChannel lock(Path folder, Path file, String owner) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      boolean kept = false;
      try {
        if (!tryLock(folder, channel)) {
          throw refusal(folder, text(channel));
        }
        if (!text(channel).equals(RELEASED) || i == TRIES - 1) {
          write(channel, owner);
          kept = true;
          return channel;
        }
      } finally {
        if (!kept) {
          channel.close();
        }
      }
    }
    throw new IOException(file + ": is repeatedly created and deleted");
  }

  /** The channel holds the lock. */
  private static boolean tryLock(Path folder, FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(POSITION, 1, false);
    } catch (OverlappingFileLockException e) {
      return false; // Another class loader of this process.
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be locked ({}): make sure that no other run writes there",
          folder,
          e.toString());
      return true;
    }
    return lock != null;
  }

  private static IOException refusal(Path folder, String owner) {
    return new IOException(
        folder
            + ": is in use by a run of "
            + (owner.isEmpty() ? "another process" : owner)
            + "; only one may write there at a time");
  }

  private static String owner() {
    ProcessHandle process = ProcessHandle.current();
    return "process "
        + process.pid()
        + process.info().startInstant().map(t -> " (started " + t + ")").orElse("");
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** Never fails: on a full or missing disk, an unlocked file remains. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try (channel) {
      write(channel, RELEASED);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} remains, unlocked: {}", file, e.toString());
    } finally {
      HELD.remove(home);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
