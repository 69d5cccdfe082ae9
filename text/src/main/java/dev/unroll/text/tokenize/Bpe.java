package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * Byte-pair encoding over characters (Sennrich, Haddow &amp; Birch 2016, "Neural machine
 * translation of rare words with subword units", arXiv:1508.07909): the words that another
 * tokenizer finds are cut into parts. A character that was never seen is unknown.
 *
 * @see ByteLevelBpe which knows every text
 */
public final class Bpe implements Subwords {
  private final Tokenizer words;
  private final Lexicon lexicon;
  private final List<Merge> merges;
  private final Merges table;
  private final Form form;
  private final BpeSymbols symbols;

  /**
   * How parts of words are written.
   *
   * @param unknown the token of what is not in the vocabulary; empty if that is left out
   * @param joined whether unknown characters beside each other are one token
   * @param prefix of every part but the first of a word; may be empty
   * @param suffix of the last part of a word; may be empty
   * @param bytes whether a character that is not in the vocabulary is written as its bytes, {@code
   *     <0xED>} and so on, where the vocabulary has all of them
   * @param whole whether a word that is in the vocabulary is one token, whatever the merges say
   */
  public record Form(
      String unknown, boolean joined, String prefix, String suffix, boolean bytes, boolean whole) {
    /** Writes the last part of a word with {@code </w>}, so that joining finds the spaces again. */
    public static final Form WITH_ENDS = new Form("", false, "", "</w>");

    /** Writes no bytes, and applies the merges to every word. */
    public Form(String unknown, boolean joined, String prefix, String suffix) {
      this(unknown, joined, prefix, suffix, false, false);
    }
  }

  /**
   * Makes a tokenizer.
   *
   * @param words finds the words that are cut
   * @param tokens in the order of their numbers
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

  /** Returns how parts of words are written. */
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
    // Where another tokenizer has changed the word, its parts have the offsets of the whole.
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
}
