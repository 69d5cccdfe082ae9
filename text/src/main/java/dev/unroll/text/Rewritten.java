package dev.unroll.text;

import java.util.Arrays;
import java.util.function.Consumer;

/** Rewritten text, with the range of the original that each of its characters comes from. */
final class Rewritten {
  private final String text;
  private final int[] starts;
  private final int[] ends;
  private final int length; // of the original

  private Rewritten(String text, int[] starts, int[] ends, int length) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
    this.length = length;
  }

  static Rewritten of(Normalizer normalizer, String original) {
    return of(out -> normalizer.rewrite(original, out), original.length());
  }

  /** Returns this text rewritten by another normalizer. */
  Rewritten then(Normalizer next) {
    return of(out -> rewrite(next, out), length);
  }

  private static Rewritten of(Consumer<Normalizer.Output> pieces, int length) {
    StringBuilder text = new StringBuilder();
    int[][] parts = {new int[length + 16], new int[length + 16]};
    pieces.accept((piece, start, end) -> {
      int from = text.length();
      text.append(piece);
      for (int k = 0; k < 2; k++) {
        if (text.length() > parts[k].length) {
          parts[k] = Arrays.copyOf(parts[k], 2 * text.length());
        }
        Arrays.fill(parts[k], from, text.length(), k == 0 ? start : end);
      }
    });
    return new Rewritten(text.toString(), parts[0], parts[1], length);
  }

  String text() {
    return text;
  }

  /** Rewrites this text by another normalizer, with offsets into the original. */
  void rewrite(Normalizer next, Normalizer.Output out) {
    next.rewrite(text, (piece, from, to) -> out.put(piece, start(from), end(from, to)));
  }

  /** Returns the start, in the original, of a range that starts here. */
  int start(int from) {
    return from < text.length() ? starts[from] : length;
  }

  /** Returns the end of a range in the original. */
  int end(int from, int to) {
    return to > from ? ends[to - 1] : start(from);
  }
}
