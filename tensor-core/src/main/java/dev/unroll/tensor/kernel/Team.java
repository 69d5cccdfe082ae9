package dev.unroll.tensor.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that kernels run on: one team per process, as many as {@code -Ddev.unroll.threads}
 * says (by default one per processor). Work is cut into parts that do not depend on the number of
 * threads, so that results do not either. Members spin for at most 50 microseconds and then park; a
 * caller who finds the team busy runs alone.
 */
public final class Team {
  private static final long SPIN_NANOS = 50_000;

  /** A job in independent parts. */
  @FunctionalInterface
  public interface Job {
    void run(int part);
  }

  private static final class Shared {
    static final Team TEAM = new Team(threads());
  }

  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicInteger epoch = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Thread[] members;
  private volatile int parts;
  private volatile @Nullable Job job;

  private Team(int threads) {
    members = new Thread[threads - 1];
    for (int i = 0; i < members.length; i++) {
      members[i] = Thread.ofPlatform().daemon().name("unroll-" + (i + 1)).unstarted(this::work);
    }
    for (Thread t : members) {
      t.start();
    }
  }

  private static int threads() {
    String text = System.getProperty("dev.unroll.threads");
    if (text == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int n = Integer.parseInt(text);
      if (n >= 1 && n <= 1024) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "-Ddev.unroll.threads must be a number from 1 to 1024, not \"" + text + "\"");
  }

  /** Returns the number of threads of the team, the caller among them. */
  public static int size() {
    return Shared.TEAM.members.length + 1;
  }

  /** Runs every part of a job, each once, in any order and on any thread, and waits for the end. */
  public static void run(int parts, Job job) {
    Team team = Shared.TEAM;
    if (parts > 1 && team.members.length > 0 && team.busy.compareAndSet(false, true)) {
      try {
        team.share(parts, job);
      } finally {
        team.busy.set(false);
      }
      return;
    }
    for (int i = 0; i < parts; i++) {
      job.run(i);
    }
  }

  private void share(int n, Job shared) {
    failure.set(null);
    job = shared;
    parts = n;
    running.set(members.length);
    next.set(0);
    epoch.getAndIncrement();
    for (Thread t : members) {
      LockSupport.unpark(t);
    }
    take(shared, n);
    while (running.get() > 0) {
      Thread.onSpinWait();
    }
    job = null;
    Throwable t = failure.get();
    if (t instanceof RuntimeException e) {
      throw e;
    }
    if (t instanceof Error e) {
      throw e;
    }
  }

  private void take(Job shared, int n) {
    try {
      for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
        shared.run(i);
      }
    } catch (Throwable t) {
      failure.compareAndSet(null, t);
    }
  }

  private void work() {
    int seen = 0;
    while (true) {
      long since = System.nanoTime();
      while (epoch.get() == seen) {
        if (System.nanoTime() - since < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen++;
      Job shared = job;
      if (shared != null) {
        take(shared, parts);
      }
      running.getAndDecrement();
    }
  }
}
