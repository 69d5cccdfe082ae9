package dev.unroll.text.tokenize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tokens of a subword tokenizer, by number and by text. */
final class Lexicon {
  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * Numbers tokens.
   *
   * @throws IllegalArgumentException if one comes twice
   */
  Lexicon(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (String t : tokens) {
      if (ids.put(t, ids.size()) != null) {
        throw new IllegalArgumentException("[tokenizer] \"" + t + "\" is twice in the vocabulary");
      }
    }
  }

  List<String> tokens() {
    return tokens;
  }

  /** Returns the number of a token, or -1. */
  int find(String token) {
    return ids.getOrDefault(token, -1);
  }

  int id(String token) {
    int id = find(token);
    if (id < 0) {
      throw new IllegalArgumentException(
          "[tokenizer] \"" + token + "\" is not in the vocabulary of " + tokens.size());
    }
    return id;
  }
}
