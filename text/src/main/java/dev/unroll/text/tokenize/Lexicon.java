package dev.unroll.text.tokenize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens of a subword tokenizer, by id and by text. */
final class Lexicon {
  private final List<String> tokens;
  private final Set<String> added;
  private final Map<String, Integer> ids = new HashMap<>();
  private final int longest;

  /**
   * Assigns ids to tokens.
   *
   * @throws IllegalArgumentException if a token occurs twice
   */
  Lexicon(List<String> tokens) {
    this(tokens, Set.of());
  }

  /**
   * Assigns ids to tokens.
   *
   * @param added the tokens that never result from splitting a word
   * @throws IllegalArgumentException if a token occurs twice
   */
  Lexicon(List<String> tokens, Set<String> added) {
    this.tokens = List.copyOf(tokens);
    this.added = Set.copyOf(added);
    for (String t : tokens) {
      if (ids.put(t, ids.size()) != null) {
        throw new IllegalArgumentException(
            "[tokenizer] \"" + t + "\" occurs twice in the vocabulary");
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

  /** Returns the id of a subword, or -1. */
  int find(String token) {
    int id = ids.getOrDefault(token, -1);
    return id >= 0 && !added.isEmpty() && added.contains(token) ? -1 : id;
  }

  /** Returns the id of a subword. */
  int part(String token) {
    return present(token, find(token));
  }

  /** Returns the id of any token. */
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
