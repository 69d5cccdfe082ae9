package dev.unroll.text.tokenize;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the longest of many patterns at each index of a text, in one pass: the automaton of Aho
 * &amp; Corasick (1975, doi:10.1145/360825.360855), which finds the longest pattern that ends at
 * each index, runs over reversed text.
 */
final class LongestMatches {
  /**
   * A character of a pattern takes about 50 bytes; the limit keeps a file from exhausting the heap.
   */
  private static final long MOST = Math.max(1 << 16, Runtime.getRuntime().maxMemory() / 256);

  private static final int ROOT = 0;

  private final LongIntHashMap children = new LongIntHashMap();
  private final int[] fail; // by node: the node of its longest proper suffix
  private final int[] longest; // by node: the longest pattern that is a suffix, from 1
  private int nodes = 1;

  /**
   * Builds the automaton.
   *
   * @param texts the patterns; of two equal ones, the later is found; empty ones are never found
   * @throws IllegalArgumentException if the patterns are too long in total
   */
  LongestMatches(List<String> texts) {
    long size = texts.stream().mapToLong(String::length).sum();
    if (size > MOST) {
      throw new IllegalArgumentException(
          "the added tokens have " + size + " characters in total, expected at most " + MOST);
    }
    fail = new int[(int) size + 1];
    longest = new int[(int) size + 1];
    int[] at = new int[texts.size()];
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      if (!texts.get(i).isEmpty()) {
        open.add(i);
      }
    }
    // Nodes are created in the order of their depth, so that a node's failure link precedes it.
    for (int depth = 1; !open.isEmpty(); depth++) {
      List<Integer> deeper = new ArrayList<>();
      for (int i : open) {
        String text = texts.get(i);
        at[i] = add(at[i], text.charAt(text.length() - depth));
        if (depth < text.length()) {
          deeper.add(i);
        } else {
          longest[at[i]] = i + 1;
        }
      }
      open = deeper;
    }
  }

  private static long key(int node, char c) {
    return (long) node << Character.SIZE | c;
  }

  private int child(int node, char c) {
    return children.getOrDefault(key(node, c), ROOT);
  }

  private int add(int parent, char c) {
    int there = child(parent, c);
    if (there != ROOT) {
      return there;
    }
    int node = nodes++;
    fail[node] = parent == ROOT ? ROOT : step(fail[parent], c);
    longest[node] = longest[fail[node]];
    children.put(key(parent, c), node);
    return node;
  }

  private int step(int from, char c) {
    int node = from;
    int next = child(node, c);
    while (next == ROOT && node != ROOT) {
      node = fail[node];
      next = child(node, c);
    }
    return next;
  }

  /**
   * Returns the index, from 1, of the longest pattern that begins at each index of a text, 0 where
   * none does; an empty array if there are no matches.
   */
  int[] in(String text) {
    int[] found = {};
    int node = ROOT;
    for (int i = nodes == 1 ? -1 : text.length() - 1; i >= 0; i--) {
      node = step(node, text.charAt(i));
      if (longest[node] != 0) {
        found = found.length == 0 ? new int[text.length()] : found;
        found[i] = longest[node];
      }
    }
    return found;
  }
}
