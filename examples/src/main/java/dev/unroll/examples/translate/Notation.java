package dev.unroll.examples.translate;

import dev.unroll.tensor.RandomKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Generated pairs of texts with the same meaning. */
sealed interface Notation permits Dates, Numbers, Reversal, SentencePairs {

  /** An input and its target. */
  record Pair(String source, String target) {

    /** Returns whether the pair is for evaluation only: its target never occurs in training. */
    boolean isHeldOut() {
      CRC32 sum = new CRC32();
      sum.update(target.getBytes(StandardCharsets.UTF_8));
      return sum.getValue() % 10 == 0;
    }
  }

  /** Returns a description in one sentence. */
  String sentence();

  /** Returns a pair drawn from the key. */
  Pair draw(RandomKey key);

  /** Returns texts that contain every character of sources. */
  List<String> sources();

  /** Returns texts that contain every character of targets. */
  List<String> targets();

  /** Returns the maximum number of characters of a target. */
  default int longest() {
    return 19;
  }

  /** Returns training or held-out pairs drawn from the key. */
  default List<Pair> pairs(RandomKey key, int n, boolean heldOut) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; pairs.size() < n; i++) {
      Pair pair = draw(key.fold(i));
      if (pair.isHeldOut() == heldOut) {
        pairs.add(pair);
      }
    }
    return pairs;
  }
}
