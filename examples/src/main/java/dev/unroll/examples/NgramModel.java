package dev.unroll.examples;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.Arrays;

/**
 * Predicts a token from the preceding n - 1 tokens by counting: a baseline for recurrent networks.
 * Contexts back off to shorter ones by method C of Witten &amp; Bell 1991 (doi:10.1109/18.87000),
 * as Chen &amp; Goodman 1999 (doi:10.1006/csla.1999.0128) write it:
 *
 * <pre>
 * p(w | h) = (count(h w) + types(h) p(w | h')) / (count(h) + types(h))
 * </pre>
 *
 * where h' is h without its first token, count(h) how often anything follows h, and types(h) how
 * many different tokens do. Below the empty context all tokens are equally probable.
 */
final class NgramModel {
  private static final int ROOT = 0;

  private final int vocabulary;
  // A tree of contexts, with a node for each observed sequence of up to n tokens.
  private final LongIntHashMap children = new LongIntHashMap();
  private int[] seen = new int[1024]; // count of the sequence
  private int[] followed = new int[1024]; // number of tokens that follow it
  private int[] types = new int[1024]; // number of distinct tokens that follow it
  private int nodes = 1;

  /**
   * Creates a model of a text.
   *
   * @param order the largest n, at least 1
   * @param vocabulary V: tokens are 0 to V - 1
   */
  NgramModel(int order, int vocabulary, int... tokens) {
    this.vocabulary = vocabulary;
    for (int i = 0; i < tokens.length; i++) {
      int node = ROOT;
      for (int k = i; k < Math.min(tokens.length, i + order); k++) {
        node = count(node, tokens[k]);
      }
    }
  }

  private int count(int node, int token) {
    long key = key(node, token);
    int child = children.getOrDefault(key, ROOT);
    if (child == ROOT) {
      child = nodes++;
      children.put(key, child);
      types[node]++;
      grow();
    }
    followed[node]++;
    seen[child]++;
    return child;
  }

  private long key(int node, int token) {
    return (long) node * vocabulary + token;
  }

  private void grow() {
    if (nodes == seen.length) {
      seen = Arrays.copyOf(seen, 2 * nodes);
      followed = Arrays.copyOf(followed, 2 * nodes);
      types = Arrays.copyOf(types, 2 * nodes);
    }
  }

  /** Returns the probability of the token at a position, given the n - 1 before it. */
  double probability(int n, int[] tokens, int at) {
    double p = 1.0 / vocabulary;
    for (int length = 0; length < n && length <= at; length++) {
      int context = ROOT;
      for (int k = at - length; k < at && context >= 0; k++) {
        context = children.getOrDefault(key(context, tokens[k]), -1);
      }
      if (context < 0 || followed[context] == 0) {
        break;
      }
      int child = children.getOrDefault(key(context, tokens[at]), -1);
      int count = child < 0 ? 0 : seen[child];
      p = (count + types[context] * p) / (followed[context] + types[context]);
    }
    return p;
  }

  /** Returns the mean of {@code -log2 p} over a text except its first token, in bits. */
  double bits(int n, int... tokens) {
    double sum = 0;
    for (int i = 1; i < tokens.length; i++) {
      sum -= Math.log(probability(n, tokens, i));
    }
    return sum / Math.log(2) / (tokens.length - 1);
  }
}
