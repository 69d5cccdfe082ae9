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

  /**
   * How parts of words are written.
   *
   * @param unknown the token of what is not in the vocabulary; empty if that is left out
   * @param joined whether unknown characters beside each other are one token
   * @param prefix of every part but the first of a word; may be empty
   * @param suffix of the last part of a word; may be empty
   */
  public record Form(String unknown, boolean joined, String prefix, String suffix) {
    /** Writes the last part of a word with {@code </w>}, so that joining finds the spaces again. */
    public static final Form WITH_ENDS = new Form("", false, "", "</w>");
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
    this.words = words;
    this.form = form;
    this.merges = List.copyOf(merges);
    lexicon = new Lexicon(tokens);
    table = new Merges(merges, lexicon, form.prefix);
    if (!form.unknown.isEmpty()) {
      lexicon.id(form.unknown);
    }
  }

  @Override
  public List<String> tokens() {
    return lexicon.tokens();
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
    int[] characters = word.text().codePoints().toArray();
    int[] symbols = new int[characters.length];
    int[] spans = new int[characters.length];
    int unknown = form.unknown.isEmpty() ? -1 : lexicon.id(form.unknown);
    int n = 0;
    for (int i = 0; i < characters.length; i++) {
      String c = Character.toString(characters[i]);
      boolean last = i + 1 == characters.length;
      int id = lexicon.find((i > 0 ? form.prefix : "") + c + (last ? form.suffix : ""));
      boolean more = id < 0 && form.joined && n > 0 && symbols[n - 1] == unknown && unknown >= 0;
      if (more) {
        spans[n - 1] += c.length();
      } else {
        symbols[n] = id < 0 ? unknown : id;
        spans[n++] = c.length();
      }
    }
    n = table.apply(symbols, spans, n);
    // Where another tokenizer has changed the word, its parts have the offsets of the whole.
    boolean same = word.end() - word.start() == word.text().length();
    int at = word.start();
    for (int i = 0; i < n; i++) {
      int end = at + spans[i];
      if (symbols[i] >= 0) {
        tokens.accept(
            new Token(
                lexicon.tokens().get(symbols[i]),
                same ? at : word.start(),
                same ? end : word.end()));
      }
      at = end;
    }
  }

  @Override
  public String join(List<String> tokens) {
    if (form.prefix.isEmpty() && form.suffix.isEmpty()) {
      return String.join("", tokens);
    }
    StringBuilder text = new StringBuilder();
    boolean begins = true;
    for (String t : tokens) {
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
