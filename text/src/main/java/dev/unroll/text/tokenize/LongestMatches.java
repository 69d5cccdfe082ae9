package dev.unroll.text.tokenize;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the longest of many texts at each place of another text, in one pass whatever the texts
 * are: the automaton of Aho &amp; Corasick (1975, doi:10.1145/360825.360855), which knows at each
 * place the longest text that ends there, runs over everything from right to left.
 */
final class LongestMatches {
  /** A character of the texts takes about 50 bytes: no file may fill the heap with them. */
  private static final long MOST = Math.max(1 << 16, Runtime.getRuntime().maxMemory() / 256);

  private static final int ROOT = 0;

  private final LongIntHashMap children = new LongIntHashMap();
  private final int[] fail; // by node: that of the longest proper end of its characters
  private final int[] longest; // by node: the text that its characters end with, from 1
  private int nodes = 1;

  /**
   * Makes the automaton.
   *
   * @param texts of two that are equal, the later one is found; empty ones are not
   * @throws IllegalArgumentException if they are too long together
   */
  LongestMatches(List<String> texts) {
    long size = texts.stream().mapToLong(String::length).sum();
    if (size > MOST) {
      throw new IllegalArgumentException(
          "the added tokens have " + size + " characters together, expected at most " + MOST);
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
    // Nodes are made in the order of their depth: the node that one fails to is there before it.
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
   * Returns the number, from 1, of the longest text that begins at each place of a text, 0 where
   * none does; an empty array if none does anywhere.
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
