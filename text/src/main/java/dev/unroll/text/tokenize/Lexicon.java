package dev.unroll.text.tokenize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens of a subword tokenizer, by number and by text. */
final class Lexicon {
  private final List<String> tokens;
  private final Set<String> added;
  private final Map<String, Integer> ids = new HashMap<>();
  private final int longest;

  /**
   * Numbers tokens.
   *
   * @throws IllegalArgumentException if one comes twice
   */
  Lexicon(List<String> tokens) {
    this(tokens, Set.of());
  }

  /**
   * Numbers tokens.
   *
   * @param added those among them that no word is cut into: they only have numbers
   * @throws IllegalArgumentException if one comes twice
   */
  Lexicon(List<String> tokens, Set<String> added) {
    this.tokens = List.copyOf(tokens);
    this.added = Set.copyOf(added);
    for (String t : tokens) {
      if (ids.put(t, ids.size()) != null) {
        throw new IllegalArgumentException("[tokenizer] \"" + t + "\" is twice in the vocabulary");
      }
    }
    longest = tokens.stream().mapToInt(String::length).max().orElse(0);
  }

  List<String> tokens() {
    return tokens;
  }

  /** Returns the length of the longest token, in {@code char}s. */
  int longest() {
    return longest;
  }

  /** Returns the number of a token that words are cut into, or -1. */
  int find(String token) {
    int id = ids.getOrDefault(token, -1);
    return id >= 0 && !added.isEmpty() && added.contains(token) ? -1 : id;
  }

  /** Returns the number of a token that words are cut into. */
  int part(String token) {
    return present(token, find(token));
  }

  /** Returns the number of any token. */
  int id(String token) {
    return present(token, ids.getOrDefault(token, -1));
  }

  private int present(String token, int id) {
    if (id < 0) {
      throw new IllegalArgumentException(
          "[tokenizer] \"" + token + "\" is not in the vocabulary of " + tokens.size());
    }
    return id;
  }
}
