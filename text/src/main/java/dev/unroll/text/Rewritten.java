package dev.unroll.text;

import java.util.Arrays;

/**
 * A text that was rewritten, and the part of the original that each of its characters comes from.
 */
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
    StringBuilder text = new StringBuilder();
    int[][] parts = {new int[original.length() + 16], new int[original.length() + 16]};
    normalizer.rewrite(
        original,
        (piece, start, end) -> {
          int from = text.length();
          text.append(piece);
          for (int k = 0; k < 2; k++) {
            if (text.length() > parts[k].length) {
              parts[k] = Arrays.copyOf(parts[k], 2 * text.length());
            }
            Arrays.fill(parts[k], from, text.length(), k == 0 ? start : end);
          }
        });
    return new Rewritten(text.toString(), parts[0], parts[1], original.length());
  }

  String text() {
    return text;
  }

  /** Returns where a part that begins here begins in the original. */
  int start(int from) {
    return from < text.length() ? starts[from] : length;
  }

  /** Returns where a part ends in the original. */
  int end(int from, int to) {
    return to > from ? ends[to - 1] : start(from);
  }
}
