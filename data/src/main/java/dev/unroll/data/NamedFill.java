package dev.unroll.data;

/** A fill that prints its name. */
record NamedFill(String name, Fill fill) implements Fill {
  @Override
  public double[] fill(String column, double... values) {
    return fill.fill(column, values);
  }

  @Override
  public String toString() {
    return name;
  }
}
