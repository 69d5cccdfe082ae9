package dev.unroll.examples.translate;

import dev.unroll.tensor.RandomKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Pairs of texts that say the same, made by a rule. */
sealed interface Notation permits Dates, Numbers, Reversal, SentencePairs {

  /** What is given, and what is wanted. */
  record Pair(String source, String target) {

    /** Returns whether the pair is for the answer alone: no training sees what it wants. */
    boolean isHeldOut() {
      CRC32 sum = new CRC32();
      sum.update(target.getBytes(StandardCharsets.UTF_8));
      return sum.getValue() % 10 == 0;
    }
  }

  /** Returns what it is, in a sentence. */
  String sentence();

  /** Returns a pair, a function of the key. */
  Pair draw(RandomKey key);

  /** Returns texts that have every character that sources can have. */
  List<String> sources();

  /** Returns texts that have every character that targets can have. */
  List<String> targets();

  /** Returns the most characters that a target can have. */
  default int longest() {
    return 19;
  }

  /** Returns pairs of one of two kinds, a function of the key. */
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
