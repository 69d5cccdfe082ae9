package dev.unroll.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listeners that were told of the start of a run, and are to be told of its end. */
final class StartedListeners implements AutoCloseable {
  private final Progress progress;
  private final List<Listener> started = new ArrayList<>();

  private StartedListeners(Progress progress) {
    this.progress = progress;
  }

  /** Begins a run; if a listener throws, the run of those before it ends. */
  static StartedListeners of(List<Listener> listeners, Progress progress, long steps)
      throws IOException {
    StartedListeners all = new StartedListeners(progress);
    try {
      for (Listener l : listeners) {
        l.onStart(progress.step, steps);
        all.started.add(l);
      }
      return all;
    } catch (IOException | RuntimeException | Error e) {
      try {
        all.close();
      } catch (IOException | RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Ends the run for every listener; what the second one throws is suppressed by the first. */
  @Override
  public void close() throws IOException {
    @Nullable Exception first = null;
    for (Listener l : started) {
      try {
        l.onEnd(progress.step);
      } catch (IOException | RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
  }
}
