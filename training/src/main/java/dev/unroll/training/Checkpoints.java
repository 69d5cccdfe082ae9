package dev.unroll.training;

import dev.unroll.files.AtomicFolder;
import dev.unroll.files.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run in one folder: {@code last-N} and {@code best-N}, where N is the number
 * of updates. A checkpoint is written atomically, and deleted when the next of its kind is
 * complete.
 *
 * {@snippet class="snippets.TrainingTest" region="Checkpoints"}
 */
public record Checkpoints(Path home) {
  private static final Pattern NAME = Pattern.compile("(last|best)-(\\d{1,18})");

  /** Of two at the same step, {@code last} counts as newer: see {@link #newest}. */
  private static final Comparator<Found> AGE =
      Comparator.comparingLong(Found::step).thenComparing(f -> f.kind.equals("last"));

  /** Checks for null. */
  public Checkpoints {
    Objects.requireNonNull(home, "home");
  }

  /**
   * A checkpoint.
   *
   * @param step the number of updates before it
   */
  public record Found(Path folder, String kind, long step) {
    /** Checks for null. */
    public Found {
      Objects.requireNonNull(folder, "folder");
      Objects.requireNonNull(kind, "kind");
    }

    /**
     * Compares every file with the digest that was saved with them.
     *
     * @throws IOException if a file is missing, damaged or from another checkpoint; the message
     *     names it
     */
    public void verify() throws IOException {
      CheckpointDigest.verify(folder, step, Progress.FILES);
    }
  }

  /**
   * Returns the newest checkpoint, if any, from which a run resumes. Of two at the same step, it is
   * {@code last}, since {@code best} may include a validation at the end of a run.
   */
  public Optional<Found> newest() throws IOException {
    return all().stream().max(AGE);
  }

  /** Returns the best checkpoint, if any. */
  public Optional<Found> best() throws IOException {
    return all().stream()
        .filter(f -> f.kind.equals("best"))
        .max(Comparator.comparingLong(Found::step));
  }

  /** Returns a sentence on the available checkpoint, for a message. */
  String kept() throws IOException {
    return newest()
        .map(f -> "the last good checkpoint is " + f.folder())
        .orElse("there is no checkpoint");
  }

  /**
   * Locks the folder, creating it if necessary, and deletes the leftovers of killed processes.
   *
   * @param step the number of updates of this run
   * @throws IllegalArgumentException if the checkpoints are of a run with more updates
   */
  RunLock lock(long step) throws IOException {
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw FileErrors.named(home, "cannot be created", e);
    }
    RunLock lock = RunLock.of(home);
    boolean suits = false;
    try {
      var newest = newest();
      if (newest.isPresent() && newest.get().step > step) {
        throw new IllegalArgumentException(
            "[trainer] "
                + home
                + " holds checkpoints of another run, the newest of step "
                + newest.get().step
                + ", this one is at step "
                + step
                + ": resume() continues it");
      }
      AtomicFolder.clean(home);
      suits = true;
      return lock;
    } finally {
      if (!suits) {
        lock.close();
      }
    }
  }

  private static boolean isIntact(Found f) {
    try {
      f.verify();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns a sentence on which checkpoint can be resumed instead of a rejected one. */
  String insteadOf(Found refused) throws IOException {
    if (isIntact(refused)) {
      return "it is intact: the model, the optimizer, the schedule, the averages or the source of this trainer differ from those that wrote it";
    }
    for (Found f : all().stream().sorted(AGE.reversed()).toList()) {
      if (!f.equals(refused) && isIntact(f)) {
        return "the newest other intact one is "
            + f.folder
            + ": delete "
            + refused.folder
            + " to resume from there";
      }
    }
    return "there is no other intact checkpoint";
  }

  /**
   * Checks the best checkpoint, whose weights a run that stops improving ends with.
   *
   * @param newest not checked again, since restoring it reports damage
   * @throws IOException if the best checkpoint is damaged; the message says what to do
   */
  void checkBest(Found newest) throws IOException {
    var best = best();
    if (best.isPresent() && !best.get().equals(newest)) {
      try {
        best.get().verify();
      } catch (IOException e) {
        if (isIntact(newest)) {
          throw withoutBest(best.get(), e);
        }
      }
    }
  }

  /** Returns the exception for a damaged best checkpoint, with advice. */
  static IOException withoutBest(Found best, IOException damage) {
    return new IOException(
        damage.getMessage()
            + "; delete "
            + best.folder
            + " to continue without the best weights so far",
        damage);
  }

  private List<Found> all() throws IOException {
    List<Found> found = new ArrayList<>();
    if (Files.isDirectory(home)) {
      try (Stream<Path> files = Files.list(home)) {
        for (Path p : files.toList()) {
          Matcher name = NAME.matcher(p.getFileName().toString());
          if (name.matches()) {
            found.add(new Found(p, name.group(1), Long.parseLong(name.group(2))));
          }
        }
      }
    }
    return found;
  }

  /** Writes a checkpoint with its digest, and deletes the previous ones of its kind. */
  Path save(String kind, long step, AtomicFolder.Content content) throws IOException {
    Path folder = home.resolve(kind + "-" + step);
    if (!isThere(new Found(folder, kind, step))) {
      AtomicFolder.write(
          folder,
          part -> {
            content.writeTo(part);
            CheckpointDigest.write(part, step);
          });
    }
    for (Found f : all()) {
      if (f.kind.equals(kind) && f.step < step) {
        delete(f.folder);
      }
    }
    return folder;
  }

  /** Deletes a checkpoint, complete or damaged, but not another folder of such a name. */
  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path p : files.toList()) {
        String name = p.getFileName().toString();
        if (!Progress.ALL_FILES.contains(name) && !name.equals(CheckpointDigest.NAME)) {
          throw new IOException(p + ": expected only files of a checkpoint; nothing was deleted");
        }
      }
    }
    AtomicFolder.delete(folder);
  }

  /** Returns whether a resumed run has reached a checkpoint again; a damaged one is deleted. */
  private static boolean isThere(Found found) throws IOException {
    if (!Files.exists(found.folder)) {
      return false;
    }
    try {
      found.verify();
      return true;
    } catch (IOException e) {
      delete(found.folder);
      return false;
    }
  }
}
