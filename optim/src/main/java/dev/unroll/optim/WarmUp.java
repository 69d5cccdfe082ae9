package dev.unroll.optim;

import dev.unroll.tensor.Tensor;
import java.util.Map;

/** A schedule with linear warm-up; its state is that of the wrapped schedule. */
record WarmUp(Schedule schedule, long n) implements Schedule {
  @Override
  public double factor(long updates) {
    return Math.min(1, (updates + 1.0) / n) * schedule.factor(updates);
  }

  @Override
  public Map<String, Tensor> state() {
    return schedule.state();
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    schedule.restore(state);
  }

  /** A lambda prints nothing of use. */
  @Override
  public String toString() {
    return "warmUp(" + n + ") then " + (schedule.getClass().isHidden() ? "a function" : schedule);
  }
}
