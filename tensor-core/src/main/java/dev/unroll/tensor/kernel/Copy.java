package dev.unroll.tensor.kernel;

/** Moves elements from one layout to another. */
public final class Copy {
  /** Fewer elements than this are not worth another thread. */
  private static final int ALONE = 1 << 16;

  private Copy() {}

  /** Copies every element of a view to the same place of another view of the same sizes. */
  public static <A> void run(Elements<A> e, A from, Layout source, A to, Layout target) {
    if (source.size() == 0) {
      return;
    }
    Walk walk = new Walk(source, source, target);
    int rows = walk.rows();
    int parts = source.size() < ALONE ? 1 : Math.min(rows, Team.size());
    Team.run(
        parts,
        part -> {
          int end = (int) ((long) rows * (part + 1) / parts);
          for (int row = (int) ((long) rows * part / parts); row < end; row++) {
            int at = walk.offset(0, row);
            int start = walk.offset(1, row);
            e.copy(walk.length(), from, at, walk.stride(0), to, start, walk.stride(1));
          }
        });
  }
}
