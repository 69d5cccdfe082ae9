package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.unicode.WhiteSpace;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds added tokens, which are never split, before a text is split into words. Among tokens that
 * begin at the same index, the longest is chosen.
 */
final class AddedTokens {
  /** Limit on characters times normalizers; takes less than a second. */
  private static final long MOST_WORK = 1 << 21;

  private static final Pattern WORD = Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * A token that is never split.
   *
   * @param content its text
   * @param special whether it only has an id, and is ordinary text where it occurs in a text
   * @param word whether it must not touch letters, digits or underscores
   * @param left whether it includes the white space before it
   * @param right whether it includes the white space after it
   * @param normalized whether it is matched after the normalizer rather than before
   */
  record Added(
      String content,
      boolean special,
      boolean word,
      boolean left,
      boolean right,
      boolean normalized) {}

  /** Receives the parts of a text, from left to right. */
  interface Parts {
    /** Receives a part to be split into words. */
    void text(int from, int to);

    /** Receives a token, with the white space that it includes. */
    void token(Added token, int from, int to);
  }

  private final List<Added> tokens;
  private final List<String> texts;
  private final LongestMatches matches;

  /**
   * Creates a matcher of tokens.
   *
   * @param normalizer the normalizer of the text, which is also applied to the tokens
   * @throws IllegalArgumentException if the tokens are too long in total, or normalizing them is
   *     too much work
   */
  AddedTokens(List<Added> tokens, Optional<Normalizer> normalizer) {
    this.tokens = List.copyOf(tokens);
    int steps = normalizer.map(n -> n.steps().size()).orElse(0);
    long size = tokens.stream().mapToLong(a -> a.content.length()).sum();
    if (size * steps > MOST_WORK) {
      throw new IllegalArgumentException(
          "added tokens of "
              + size
              + " characters go through "
              + steps
              + " normalizers, expected a product of at most "
              + MOST_WORK);
    }
    texts =
        tokens.stream()
            .map(a -> normalizer.map(n -> n.normalize(a.content)).orElse(a.content))
            .toList();
    matches = new LongestMatches(texts);
  }

  /** Passes the parts of a text to a receiver. */
  void split(String text, Parts parts) {
    int[] found = matches.in(text);
    int done = 0;
    int blank = 0; // the end of the white space that was skipped last
    for (int at = 0; at < found.length; ) {
      if (found[at] == 0) {
        at++;
        continue;
      }
      Added token = tokens.get(found[at] - 1);
      int end = at + texts.get(found[at] - 1).length();
      boolean apart = !token.word || !(isWordBefore(text, at) || isWordAfter(text, end));
      if (!token.special && apart) {
        int from = Math.max(done, token.left ? spacesBefore(text, at, done) : at);
        if (token.right && end >= blank) {
          blank = spacesAfter(text, end);
        }
        int to = Math.max(from, token.right ? blank : end);
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

  private static boolean isWordBefore(String text, int at) {
    return at > 0 && isWord(text.codePointBefore(at));
  }

  private static boolean isWordAfter(String text, int at) {
    return at < text.length() && isWord(text.codePointAt(at));
  }

  private static boolean isWord(int c) {
    return WORD.matcher(Character.toString(c)).matches();
  }

  private static int spacesBefore(String text, int at, int done) {
    int i = at;
    while (i > done && WhiteSpace.is(text.charAt(i - 1))) {
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
