package dev.unroll.tensor.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
    static final Attempt<Team> TEAM = Attempt.of(() -> new Team(threads()));
  }

  private final AtomicBoolean busy = new AtomicBoolean();
  private final Member[] members;
  private volatile Work work = new Work(part -> {}, 0, 1);

  private Team(int threads) {
    members = new Member[threads - 1];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(i + 1);
    }
    for (Member m : members) {
      m.thread.start();
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

  /**
   * Returns the number of threads of the team, the caller among them.
   *
   * @throws IllegalArgumentException if {@code -Ddev.unroll.threads} is no such number
   */
  public static int size() {
    return Shared.TEAM.get().members.length + 1;
  }

  /** Runs every part of a job, each once, in any order and on any thread, and waits for the end. */
  public static void run(int parts, Job job) {
    Team team = Shared.TEAM.get();
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

  private void share(int n, Job job) {
    Work shared = new Work(job, n, members.length + 1);
    work = shared;
    for (Member m : members) {
      m.wake();
    }
    shared.take(0);
    shared.join();
  }

  /**
   * A job in progress. Each thread runs the same parts of every job, so that a core's cache has the
   * data of the previous one. The job ends when its parts are done, not when every thread has seen
   * it: a thread that wakes late has nothing to do and delays no other.
   */
  private static final class Work {
    private final Job job;
    private final int parts;
    private final AtomicIntegerArray next; // [thread]: next of its own parts
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Work(Job job, int parts, int threads) {
      this.job = job;
      this.parts = parts;
      next = new AtomicIntegerArray(threads);
      for (int t = 0; t < threads; t++) {
        next.set(t, begin(t));
      }
    }

    private int begin(int thread) {
      return (int) ((long) parts * thread / next.length());
    }

    /** Runs the parts of a thread's share, then what others have left. */
    void take(int thread) {
      for (int i = 0; i < next.length(); i++) {
        int of = (thread + i) % next.length();
        int end = begin(of + 1);
        for (int p = next.getAndIncrement(of); p < end; p = next.getAndIncrement(of)) {
          try {
            job.run(p);
          } catch (Throwable t) {
            failure.compareAndSet(null, t);
          }
          done.getAndIncrement();
        }
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding changes when, never what
    void join() {
      long since = System.nanoTime();
      while (done.get() < parts) {
        if (System.nanoTime() - since < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          // On a busy machine, the thread with the last part may be waiting for this processor.
          Thread.yield();
        }
      }
      Throwable t = failure.get();
      if (t instanceof RuntimeException e) {
        throw e;
      }
      if (t instanceof Error e) {
        throw e;
      }
    }
  }

  private final class Member {
    private final int number;
    private final Thread thread;
    private volatile boolean parked;

    Member(int number) {
      this.number = number;
      thread = Thread.ofPlatform().daemon().name("unroll-" + number).unstarted(this::run);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    private void run() {
      Work seen = work;
      while (true) {
        long since = System.nanoTime();
        while (work == seen) {
          if (System.nanoTime() - since < SPIN_NANOS) {
            Thread.onSpinWait();
          } else {
            parked = true;
            if (work == seen) {
              LockSupport.park(this);
            }
            parked = false;
          }
        }
        seen = work;
        seen.take(number);
      }
    }
  }
}
