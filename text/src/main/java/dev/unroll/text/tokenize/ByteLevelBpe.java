package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Byte-pair encoding over bytes, as in GPT-2: every text consists of bytes, so that no token is
 * unknown, and decoding restores the text exactly. Tokens represent each byte as a visible
 * character, a space as Ġ. Unpaired surrogates become question marks.
 *
 * <p>Safe for use by several threads.
 *
 * {@snippet class="snippets.TokenizeTest" region="ByteLevelBpe"}
 */
public final class ByteLevelBpe implements Subwords {
  private static final int REMEMBERED = 1 << 16;
  private static final int LONGEST_REMEMBERED = 64;

  private final Lexicon lexicon;
  private final List<Merge> merges;
  private final Merges table;
  private final boolean whole;
  private final int[] ofByte = new int[256];

  /** Cache of split words: most of a text consists of few distinct words. */
  private final Map<String, int[]> remembered = new ConcurrentHashMap<>();

  /**
   * Creates a tokenizer.
   *
   * @param tokens the tokens, in the order of their ids; must include all 256 bytes
   * @param merges in the order in which they were learned
   * @throws IllegalArgumentException if a byte is not in the vocabulary, or a merge's parts or
   *     result are not
   */
  public ByteLevelBpe(List<String> tokens, List<Merge> merges) {
    this(new Lexicon(tokens), merges, false);
  }

  /**
   * Creates a tokenizer.
   *
   * @param whole whether a word in the vocabulary is one token, regardless of the merges
   */
  ByteLevelBpe(Lexicon lexicon, List<Merge> merges, boolean whole) {
    this.lexicon = lexicon;
    this.whole = whole;
    this.merges = List.copyOf(merges);
    table = new Merges(merges, lexicon, "");
    for (int b = 0; b < 256; b++) {
      ofByte[b] = lexicon.find(String.valueOf(ByteLevel.character(b)));
      if (ofByte[b] < 0) {
        throw new IllegalArgumentException(
            "[tokenizer] byte " + b + " is not in the vocabulary of " + tokens().size());
      }
    }
  }

  @Override
  public List<String> tokens() {
    return lexicon.tokens();
  }

  Lexicon lexicon() {
    return lexicon;
  }

  /** Returns whether a word in the vocabulary is one token, regardless of the merges. */
  boolean whole() {
    return whole;
  }

  /** Returns the merges, in the order in which they were learned. */
  public List<Merge> merges() {
    return merges;
  }

  @Override
  public int id(String token) {
    return lexicon.id(token);
  }

  @Override
  public int[] encode(String text) {
    int[] all = new int[text.length() / 2 + 16];
    int n = 0;
    for (int at = 0; at < text.length(); ) {
      int end = ByteLevel.wordEnd(text, at);
      int[] ids = ids(text.substring(at, end));
      if (n + ids.length > all.length) {
        all = Arrays.copyOf(all, Math.max(2 * all.length, n + ids.length));
      }
      System.arraycopy(ids, 0, all, n, ids.length);
      n += ids.length;
      at = end;
    }
    return Arrays.copyOf(all, n);
  }

  private int[] ids(String word) {
    int[] known = remembered.get(word);
    if (known != null) {
      return known;
    }
    int[][] cut = cut(word);
    if (word.length() <= LONGEST_REMEMBERED && remembered.size() < REMEMBERED) {
      remembered.put(word, cut[0]);
    }
    return cut[0];
  }

  /** Returns the ids of a word, and the number of bytes of each. */
  private int[][] cut(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    if (whole) {
      int id = lexicon.find(ByteLevel.visible(bytes));
      if (id >= 0) {
        return new int[][] {{id}, {bytes.length}};
      }
    }
    int[] symbols = new int[bytes.length];
    int[] spans = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      symbols[i] = ofByte[bytes[i] & 0xFF];
    }
    Arrays.fill(spans, 1);
    int n = table.apply(symbols, spans, bytes.length);
    return new int[][] {Arrays.copyOf(symbols, n), Arrays.copyOf(spans, n)};
  }

  /** The offsets are those of the characters that contain the token's bytes. */
  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    for (int at = 0; at < text.length(); ) {
      int end = ByteLevel.wordEnd(text, at);
      int[][] cut = cut(text.substring(at, end));
      int begin = at; // start of the character that contains the next byte
      int used = 0; // number of its bytes that are consumed
      for (int i = 0; i < cut[0].length; i++) {
        int start = begin;
        int left = cut[1][i];
        while (left > 0) {
          int size = utf8(text.codePointAt(begin)) - used;
          used = left < size ? used + left : 0;
          left -= Math.min(left, size);
          begin += used > 0 ? 0 : Character.charCount(text.codePointAt(begin));
        }
        int stop = used > 0 ? begin + Character.charCount(text.codePointAt(begin)) : begin;
        tokens.accept(new Token(lexicon.tokens().get(cut[0][i]), start, stop));
      }
      at = end;
    }
  }

  private static int utf8(int c) {
    if (c >= 0xD800 && c <= 0xDFFF) {
      return 1; // An unpaired surrogate is encoded as a question mark.
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  @Override
  public String join(List<String> tokens) {
    return ByteLevel.decode(tokens);
  }

  @Override
  public String toString() {
    return "ByteLevelBpe[" + tokens().size() + " tokens, " + merges.size() + " merges]";
  }
}
