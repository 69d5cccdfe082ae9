package dev.unroll.tensor.kernel;

/** Moves elements from one layout to another. */
public final class Copy {
  private Copy() {}

  /** Copies every element of a view to the same place of another view of the same sizes. */
  public static <A> void run(Elements<A> e, A from, Layout source, A to, Layout target) {
    if (source.size() == 0) {
      return;
    }
    Walk walk = new Walk(source, source, target);
    for (int row = 0; row < walk.rows(); row++) {
      e.copy(
          walk.length(),
          from,
          walk.offset(0, row),
          walk.stride(0),
          to,
          walk.offset(1, row),
          walk.stride(1));
    }
  }
}
