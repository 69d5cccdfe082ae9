package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Byte-pair encoding over characters (Sennrich, Haddow &amp; Birch 2016, "Neural machine
 * translation of rare words with subword units", arXiv:1508.07909): splits the words of another
 * tokenizer into subwords. A character that is not in the vocabulary is unknown.
 *
 * {@snippet class="snippets.TokenizeTest" region="Bpe"}
 *
 * @see ByteLevelBpe which has no unknown tokens
 */
public final class Bpe implements Subwords {
  private final Tokenizer words;
  private final Lexicon lexicon;
  private final List<Merge> merges;
  private final Merges table;
  private final Form form;
  private final BpeSymbols symbols;

  /**
   * How subwords are written.
   *
   * @param unknown the token for unknown characters; if empty, these are dropped
   * @param joined whether adjacent unknown characters form one token
   * @param prefix the prefix of every subword but the first of a word; may be empty
   * @param suffix the suffix of the last subword of a word; may be empty
   * @param bytes whether an unknown character is written as its bytes, {@code <0xED>} and so on, if
   *     the vocabulary has all of them
   * @param whole whether a word in the vocabulary is one token, regardless of the merges
   */
  public record Form(
      String unknown, boolean joined, String prefix, String suffix, boolean bytes, boolean whole) {
    /** Marks the last subword of a word by {@code </w>}, so that joining can restore the spaces. */
    public static final Form WITH_ENDS = new Form("", false, "", "</w>");

    /** Checks for null. */
    public Form {
      Objects.requireNonNull(unknown, "unknown");
      Objects.requireNonNull(prefix, "prefix");
      Objects.requireNonNull(suffix, "suffix");
    }

    /** Creates a form without bytes that applies the merges to every word. */
    public Form(String unknown, boolean joined, String prefix, String suffix) {
      this(unknown, joined, prefix, suffix, false, false);
    }
  }

  /**
   * Creates a tokenizer.
   *
   * @param words splits a text into words
   * @param tokens the tokens, in the order of their ids
   * @param merges in the order in which they were learned
   * @throws IllegalArgumentException if a merge's parts or result are not in the vocabulary
   */
  public Bpe(Tokenizer words, List<String> tokens, List<Merge> merges, Form form) {
    this(words, new Lexicon(tokens), merges, form);
  }

  Bpe(Tokenizer words, Lexicon lexicon, List<Merge> merges, Form form) {
    this.words = words;
    this.form = form;
    this.merges = List.copyOf(merges);
    this.lexicon = lexicon;
    table = new Merges(merges, lexicon, form.prefix);
    symbols = new BpeSymbols(lexicon, form);
  }

  @Override
  public List<String> tokens() {
    return lexicon.tokens();
  }

  Lexicon lexicon() {
    return lexicon;
  }

  Tokenizer words() {
    return words;
  }

  /** Returns the merges, in the order in which they were learned. */
  public List<Merge> merges() {
    return merges;
  }

  /** Returns how subwords are written. */
  public Form form() {
    return form;
  }

  @Override
  public int id(String token) {
    return lexicon.id(token);
  }

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    words.tokenize(text, word -> cut(word, tokens));
  }

  private void cut(Token word, Consumer<Token> tokens) {
    if (form.whole && lexicon.find(word.text()) >= 0) {
      tokens.accept(word);
      return;
    }
    BpeSymbols.Word s = symbols.of(word.text());
    int[] spans = s.spans();
    int n = table.apply(s.ids(), spans, s.size());
    // If the word tokenizer changed the word, its subwords have the offsets of the whole word.
    boolean same = word.end() - word.start() == word.text().length();
    int first = 0;
    for (int i = 0; i < n; i++) {
      int next = first + spans[i];
      tokens.accept(
          new Token(
              lexicon.tokens().get(s.ids()[i]),
              same ? word.start() + s.start(first, next) : word.start(),
              same ? word.start() + s.end(first, next) : word.end()));
      first = next;
    }
  }

  @Override
  public String join(List<String> tokens) {
    List<String> parts = form.bytes ? BpeSymbols.decoded(tokens) : tokens;
    if (form.prefix.isEmpty() && form.suffix.isEmpty()) {
      return String.join("", parts);
    }
    StringBuilder text = new StringBuilder();
    boolean begins = true;
    for (String t : parts) {
      boolean part = !form.prefix.isEmpty() && t.startsWith(form.prefix);
      boolean ends = !form.suffix.isEmpty() && t.endsWith(form.suffix);
      boolean word = form.prefix.isEmpty() ? begins : !part;
      text.append(word && !text.isEmpty() ? " " : "");
      text.append(
          t, part ? form.prefix.length() : 0, t.length() - (ends ? form.suffix.length() : 0));
      begins = ends;
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "Bpe[" + tokens().size() + " tokens, " + merges.size() + " merges, words=" + words + "]";
  }
}
