package dev.unroll.optim;

/** A schedule that prints its name. */
record NamedSchedule(String name, Schedule formula) implements Schedule {
  @Override
  public double factor(long updates) {
    return formula.factor(updates);
  }

  @Override
  public String toString() {
    return name;
  }
}
