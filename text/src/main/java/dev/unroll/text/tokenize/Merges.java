package dev.unroll.text.tokenize;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The merges of byte-pair encoding (Sennrich, Haddow &amp; Birch 2016, arXiv:1508.07909):
 * repeatedly applies the merge that was learned first, from left to right, until none applies.
 */
final class Merges {
  private static final int NONE = Integer.MAX_VALUE;

  /** Up to this number of symbols, a linear search is faster than a queue. */
  private static final int SHORT = 48;

  private final LongIntHashMap ranks;
  private final int[] results;

  /**
   * Indexes merges.
   *
   * @param merges in the order in which they were learned
   * @param prefix the prefix that the right part loses
   * @throws IllegalArgumentException if a part or the result is not in the vocabulary
   */
  Merges(List<Merge> merges, Lexicon lexicon, String prefix) {
    ranks = new LongIntHashMap(merges.size());
    results = new int[merges.size()];
    for (int rank = 0; rank < results.length; rank++) {
      Merge m = merges.get(rank);
      long pair = pair(lexicon.part(m.left()), lexicon.part(m.right()));
      boolean loses = !prefix.isEmpty() && m.right().startsWith(prefix);
      String right = loses ? m.right().substring(prefix.length()) : m.right();
      results[rank] = lexicon.part(m.left() + right);
      ranks.put(pair, rank); // If a pair occurs twice, its later rank is used.
    }
  }

  static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  int rank(int left, int right) {
    return ranks.getOrDefault(pair(left, right), NONE);
  }

  /**
   * Merges symbols in place.
   *
   * @param symbols the ids of the symbols
   * @param spans the length of text of each symbol
   * @param n the number of symbols
   * @return the number of symbols after merging
   */
  int apply(int[] symbols, int[] spans, int n) {
    return n <= SHORT ? few(symbols, spans, n) : many(symbols, spans, n);
  }

  private int few(int[] symbols, int[] spans, int count) {
    int n = count;
    int[] rank = new int[Math.max(0, n - 1)];
    for (int i = 0; i + 1 < n; i++) {
      rank[i] = rank(symbols[i], symbols[i + 1]);
    }
    while (n > 1) {
      int best = 0;
      for (int i = 1; i < n - 1; i++) {
        best = rank[i] < rank[best] ? i : best;
      }
      if (rank[best] == NONE) {
        break;
      }
      symbols[best] = results[rank[best]];
      spans[best] += spans[best + 1];
      System.arraycopy(symbols, best + 2, symbols, best + 1, n - best - 2);
      System.arraycopy(spans, best + 2, spans, best + 1, n - best - 2);
      if (best + 2 < n) {
        System.arraycopy(rank, best + 1, rank, best, n - best - 2);
      }
      n--;
      if (best > 0) {
        rank[best - 1] = rank(symbols[best - 1], symbols[best]);
      }
      if (best + 1 < n) {
        rank[best] = rank(symbols[best], symbols[best + 1]);
      }
    }
    return n;
  }

  /** Merges with a queue, in O(n log n). */
  private int many(int[] symbols, int[] spans, int n) {
    int[] next = new int[n];
    int[] before = new int[n];
    PriorityQueue<Long> queue = new PriorityQueue<>();
    for (int i = 0; i < n; i++) {
      next[i] = i + 1;
      before[i] = i - 1;
    }
    for (int i = 0; i + 1 < n; i++) {
      offer(queue, symbols, i, i + 1);
    }
    while (!queue.isEmpty()) {
      long first = queue.remove();
      int i = (int) first;
      int rank = (int) (first >> 32);
      int j = next[i];
      if (symbols[i] < 0 || j >= n || rank(symbols[i], symbols[j]) != rank) {
        continue; // One of the two symbols has changed since.
      }
      symbols[i] = results[rank];
      spans[i] += spans[j];
      symbols[j] = -1;
      next[i] = next[j];
      if (next[i] < n) {
        before[next[i]] = i;
        offer(queue, symbols, i, next[i]);
      }
      if (before[i] >= 0) {
        offer(queue, symbols, before[i], i);
      }
    }
    int left = 0;
    for (int i = 0; i < n; i = next[i]) {
      symbols[left] = symbols[i];
      spans[left++] = spans[i];
    }
    return left;
  }

  private void offer(PriorityQueue<Long> queue, int[] symbols, int i, int j) {
    int rank = rank(symbols[i], symbols[j]);
    if (rank != NONE) {
      queue.add((long) rank << 32 | i);
    }
  }
}
