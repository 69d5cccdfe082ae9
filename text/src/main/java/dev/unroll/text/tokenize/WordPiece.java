package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Splits words greedily into the longest subwords of the vocabulary, from left to right; subwords
 * that do not begin a word have a prefix (Schuster &amp; Nakajima 2012,
 * doi:10.1109/ICASSP.2012.6289079; as in BERT). A word that cannot be split is unknown as a whole.
 *
 * {@snippet class="snippets.TokenizeTest" region="WordPiece"}
 */
public final class WordPiece implements Subwords {
  /** BERT's prefix of subwords that do not begin a word. */
  public static final String PREFIX = "##";

  private final Tokenizer words;
  private final Lexicon lexicon;
  private final String unknown;
  private final String prefix;
  private final int longest;
  private final boolean tidy;

  /**
   * Creates a tokenizer with BERT's settings: {@code ##}, {@code [UNK]}, words of up to 100
   * characters.
   *
   * @param words splits a text into words, such as {@link BertWords}
   * @param tokens the tokens, in the order of their ids
   */
  public WordPiece(Tokenizer words, List<String> tokens) {
    this(words, tokens, "[UNK]", PREFIX, 100);
  }

  /**
   * Creates a tokenizer.
   *
   * @param unknown the token of a word that cannot be split; must be in the vocabulary
   * @param prefix the prefix of subwords that do not begin a word
   * @param longest the maximum length of a word; a longer one is unknown
   * @throws IllegalArgumentException if the unknown token is not in the vocabulary
   */
  public WordPiece(
      Tokenizer words, List<String> tokens, String unknown, String prefix, int longest) {
    this(words, new Lexicon(tokens), unknown, prefix, longest, false);
  }

  /**
   * Creates a tokenizer.
   *
   * @param tidy whether joining removes spaces before punctuation and English contractions
   */
  WordPiece(
      Tokenizer words, Lexicon lexicon, String unknown, String prefix, int longest, boolean tidy) {
    this.words = words;
    this.lexicon = lexicon;
    this.unknown = unknown;
    this.prefix = prefix;
    this.longest = longest;
    this.tidy = tidy;
    lexicon.part(unknown);
  }

  @Override
  public List<String> tokens() {
    return lexicon.tokens();
  }

  Lexicon lexicon() {
    return lexicon;
  }

  @Override
  public int id(String token) {
    return lexicon.id(token);
  }

  Tokenizer words() {
    return words;
  }

  String unknown() {
    return unknown;
  }

  String prefix() {
    return prefix;
  }

  int longest() {
    return longest;
  }

  boolean tidy() {
    return tidy;
  }

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    words.tokenize(text, word -> cut(word, tokens));
  }

  private void cut(Token word, Consumer<Token> tokens) {
    String text = word.text();
    int[] ends = new int[text.length() + 1];
    int n = 0;
    boolean fits = text.codePointCount(0, text.length()) <= longest;
    for (int at = 0; fits && at < text.length(); at = ends[n++]) {
      ends[n] = end(text, at);
      fits = ends[n] > at;
    }
    if (!fits) {
      tokens.accept(new Token(unknown, word.start(), word.end()));
      return;
    }
    boolean same = word.end() - word.start() == text.length();
    int at = 0;
    for (int i = 0; i < n; i++) {
      tokens.accept(
          new Token(
              (at > 0 ? prefix : "") + text.substring(at, ends[i]),
              same ? word.start() + at : word.start(),
              same ? word.start() + ends[i] : word.end()));
      at = ends[i];
    }
  }

  /** Returns the end of the longest subword that begins here, or {@code at} if there is none. */
  private int end(String text, int at) {
    int most = Math.min(text.length(), at + lexicon.longest());
    for (int end = most; end > at; end--) {
      boolean inside = end < text.length() && Character.isLowSurrogate(text.charAt(end));
      if (!inside && lexicon.find((at > 0 ? prefix : "") + text.substring(at, end)) >= 0) {
        return end;
      }
    }
    return at;
  }

  @Override
  public String join(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    for (String t : tokens) {
      boolean part = t.startsWith(prefix) && !text.isEmpty();
      String piece =
          (part || text.isEmpty() ? "" : " ") + (part ? t.substring(prefix.length()) : t);
      text.append(tidy ? tidied(piece) : piece);
    }
    return text.toString();
  }

  /** Applies Hugging Face's {@code cleanup} to a piece. */
  private static String tidied(String piece) {
    return piece
        .replace(" .", ".")
        .replace(" ?", "?")
        .replace(" !", "!")
        .replace(" ,", ",")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m")
        .replace(" do not", " don't")
        .replace(" 's", "'s")
        .replace(" 've", "'ve")
        .replace(" 're", "'re");
  }

  @Override
  public String toString() {
    return "WordPiece[" + tokens().size() + " tokens, words=" + words + "]";
  }
}
