package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.unicode.WhiteSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens that are never cut, in a text before words are looked for. Of those that begin at
 * one place the longest is taken.
 */
final class AddedTokens {
  private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * A token that is never cut.
   *
   * @param content its text
   * @param special whether it is text in a text: it only has a number
   * @param word whether it must not touch letters, digits or underscores
   * @param left whether it takes the white space before it along
   * @param right whether it takes the white space after it along
   * @param normalized whether it is looked for after the normalizer, rather than before
   */
  record Added(
      String content,
      boolean special,
      boolean word,
      boolean left,
      boolean right,
      boolean normalized) {}

  /** Takes the parts of a text, from left to right. */
  interface Parts {
    /** Takes a part that is to be cut into words. */
    void text(int from, int to);

    /** Takes a token, with the white space that belongs to it. */
    void token(Added token, int from, int to);
  }

  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>();
    private final int depth;
    private @Nullable Added token;

    Node(int depth) {
      this.depth = depth;
    }
  }

  private final Node root = new Node(0);

  /**
   * Takes tokens.
   *
   * @param normalizer what the text went through: the tokens' texts go through it, too
   */
  AddedTokens(List<Added> tokens, Optional<Normalizer> normalizer) {
    for (Added a : tokens) {
      Node n = root;
      String text = normalizer.map(f -> f.normalize(a.content)).orElse(a.content);
      for (int i = 0; i < text.length(); i++) {
        int depth = i + 1;
        n = n.next.computeIfAbsent(text.charAt(i), c -> new Node(depth));
      }
      if (!text.isEmpty()) {
        n.token = a;
      }
    }
  }

  /** Returns whether there is nothing to find. */
  boolean isEmpty() {
    return root.next.isEmpty();
  }

  /** Hands over the parts of a text. */
  void split(String text, Parts parts) {
    int done = 0;
    for (int at = 0; at < text.length(); ) {
      Node found = longest(text, at);
      Added token = found.token;
      if (token == null) {
        at++;
        continue;
      }
      int end = at + found.depth;
      boolean apart = !token.word || !(isWordBefore(text, at) || isWordAfter(text, end));
      if (!token.special && apart) {
        int from = Math.max(done, token.left ? spacesBefore(text, at) : at);
        int to = Math.max(from, token.right ? spacesAfter(text, end) : end);
        if (done < from) {
          parts.text(done, from);
        }
        parts.token(token, from, to);
        done = to;
      }
      at = end;
    }
    if (done < text.length()) {
      parts.text(done, text.length());
    }
  }

  /** Returns the node of the longest token that begins here, or the root. */
  private Node longest(String text, int at) {
    Node best = root;
    Node n = root.next.get(text.charAt(at));
    for (int i = at + 1; n != null; i++) {
      best = n.token != null ? n : best;
      n = i < text.length() ? n.next.get(text.charAt(i)) : null;
    }
    return best;
  }

  private static boolean isWordBefore(String text, int at) {
    return at > 0 && isWord(text.codePointBefore(at));
  }

  private static boolean isWordAfter(String text, int at) {
    return at < text.length() && isWord(text.codePointAt(at));
  }

  private static boolean isWord(int c) {
    return WORD.matcher(Character.toString(c)).matches();
  }

  private static int spacesBefore(String text, int at) {
    int i = at;
    while (i > 0 && WhiteSpace.is(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static int spacesAfter(String text, int at) {
    int i = at;
    while (i < text.length() && WhiteSpace.is(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
