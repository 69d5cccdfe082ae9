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
 * The checkpoints of a run in one folder: {@code last-N} and {@code best-N}, by the number of
 * updates made. One is there whole or not at all, and stays until the next of its kind is whole.
 */
public record Checkpoints(Path home) {
  private static final Pattern NAME = Pattern.compile("(last|best)-(\\d{1,18})");

  /** Of two after the same update the last one counts as newer: see {@link #newest}. */
  private static final Comparator<Found> AGE =
      Comparator.comparingLong(Found::step).thenComparing(f -> f.kind.equals("last"));

  /** Checks that there is a folder. */
  public Checkpoints {
    Objects.requireNonNull(home, "home");
  }

  /**
   * One of them.
   *
   * @param step the number of updates made until then
   */
  public record Found(Path folder, String kind, long step) {

    /**
     * Compares every file with the digest that was saved beside them.
     *
     * @throws IOException if one is missing, damaged or of another checkpoint; the message names it
     */
    public void verify() throws IOException {
      CheckpointDigest.verify(folder, step, Progress.FILES);
    }
  }

  /**
   * Returns the newest one of all, if there is one: where a run goes on. Of two after the same
   * update it is the last one, since the best one may know of a validation at the end of a run.
   */
  public Optional<Found> newest() throws IOException {
    return all().stream().max(AGE);
  }

  /** Returns the one that predicted best, if there is one. */
  public Optional<Found> best() throws IOException {
    return all().stream()
        .filter(f -> f.kind.equals("best"))
        .max(Comparator.comparingLong(Found::step));
  }

  /** Says which checkpoint is there, for a message. */
  String kept() throws IOException {
    return newest()
        .map(f -> "the last good checkpoint is " + f.folder())
        .orElse("there is no checkpoint");
  }

  /**
   * Locks the folder, which is made if need be, and deletes what killed processes left in it.
   *
   * @param step updates that the training has made
   * @throws IllegalArgumentException if the checkpoints are of a training that has made more
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
                + ": resume() goes on with it");
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

  /** Says from which checkpoint a run can be resumed when one was refused. */
  String insteadOf(Found refused) throws IOException {
    if (isIntact(refused)) {
      return "it is intact: the model, the optimizer, the schedule, the averages or the source of"
          + " this trainer are not those that it was made with";
    }
    for (Found f : all().stream().sorted(AGE.reversed()).toList()) {
      if (!f.equals(refused) && isIntact(f)) {
        return "the newest intact one but for it is "
            + f.folder
            + ": delete "
            + refused.folder
            + " to resume from there";
      }
    }
    return "there is no other intact checkpoint";
  }

  /**
   * Checks the best checkpoint, which a training without improvement ends with, when it begins.
   *
   * @param newest if it is damaged, that is for whoever restores it to say
   * @throws IOException if it is damaged; the message says what to do
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

  /** Returns the refusal of a damaged best checkpoint, with what to do. */
  static IOException withoutBest(Found best, IOException damage) {
    return new IOException(
        damage.getMessage()
            + "; delete "
            + best.folder
            + " to go on without the best weights until now",
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

  /** Writes one with its digest, and deletes those of its kind before it. */
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

  /** Deletes a checkpoint, whole or damaged, and nothing else that has the name of one. */
  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path p : files.toList()) {
        String name = p.getFileName().toString();
        if (!Progress.ALL_FILES.contains(name) && !name.equals(CheckpointDigest.NAME)) {
          throw new IOException(p + ": expected files of a checkpoint only, nothing is deleted");
        }
      }
    }
    AtomicFolder.delete(folder);
  }

  /** Returns whether a run that was resumed has come here again; a damaged one makes room. */
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
