package dev.unroll.text.tokenize;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The symbols of a word before any merge: its characters, bytes of unknown characters, and unknown
 * tokens. A character without a symbol is dropped, and its neighbours can merge across it, as in
 * Hugging Face's {@code BPE}.
 */
final class BpeSymbols {
  private static final int NONE = -1;
  private static final int BYTE_TOKEN = "<0x00>".length();

  private final Lexicon lexicon;
  private final Bpe.Form form;
  private final int unknown;
  private final int[] ofByte = new int[256];

  BpeSymbols(Lexicon lexicon, Bpe.Form form) {
    this.lexicon = lexicon;
    this.form = form;
    unknown = form.unknown().isEmpty() ? NONE : lexicon.part(form.unknown());
    for (int b = 0; b < 256; b++) {
      ofByte[b] = form.bytes() ? lexicon.find(token(b)) : NONE;
    }
  }

  private static String token(int b) {
    String hex = Integer.toHexString(b).toUpperCase(Locale.ROOT);
    return "<0x" + (hex.length() < 2 ? "0" : "") + hex + ">";
  }

  /** The symbols of a word, with their offsets in the word. */
  static final class Word {
    private int[] ids;
    private int[] starts;
    private int[] ends;
    private int size;

    private Word(int length) {
      ids = new int[length];
      starts = new int[length];
      ends = new int[length];
    }

    private void add(int id, int start, int end) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size + 4);
        starts = Arrays.copyOf(starts, ids.length);
        ends = Arrays.copyOf(ends, ids.length);
      }
      ids[size] = id;
      starts[size] = start;
      ends[size++] = end;
    }

    int[] ids() {
      return ids;
    }

    int size() {
      return size;
    }

    /** Returns the number of initial symbols that each symbol covers, which is 1. */
    int[] spans() {
      int[] spans = new int[size];
      Arrays.fill(spans, 1);
      return spans;
    }

    int start(int from, int to) {
      return Arrays.stream(starts, from, to).min().orElseThrow();
    }

    int end(int from, int to) {
      return Arrays.stream(ends, from, to).max().orElseThrow();
    }
  }

  /** Returns the symbols of a word. */
  Word of(String text) {
    Word word = new Word(text.length());
    int begin = NONE; // start of an unknown symbol that may still be extended
    int end = 0;
    for (int i = 0; i < text.length(); ) {
      int next = i + Character.charCount(text.codePointAt(i));
      String c =
          (i > 0 ? form.prefix() : "")
              + text.substring(i, next)
              + (next == text.length() ? form.suffix() : "");
      int id = lexicon.find(c);
      if (id >= 0) {
        if (begin != NONE) {
          word.add(unknown, begin, end);
          begin = NONE;
        }
        word.add(id, i, next);
      } else if (!(form.bytes() && addBytes(word, c, i, next)) && unknown != NONE) {
        if (begin != NONE && !form.joined()) {
          word.add(unknown, begin, end);
        }
        begin = begin != NONE && form.joined() ? begin : i;
        end = next;
      }
      i = next;
    }
    if (begin != NONE) {
      word.add(unknown, begin, end);
    }
    return word;
  }

  private boolean addBytes(Word word, String c, int start, int end) {
    byte[] bytes = c.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      if (ofByte[b & 0xFF] < 0) {
        return false;
      }
    }
    for (byte b : bytes) {
      word.add(ofByte[b & 0xFF], start, end);
    }
    return true;
  }

  /**
   * Replaces runs of byte tokens by the text that they encode, and each malformed byte by U+FFFD.
   */
  static List<String> decoded(List<String> tokens) {
    List<String> all = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.allocate(tokens.size());
    for (String t : tokens) {
      int b = value(t);
      if (b >= 0) {
        bytes.put((byte) b);
      } else {
        flush(bytes, all);
        all.add(t);
      }
    }
    flush(bytes, all);
    return all;
  }

  private static int value(String token) {
    boolean is = token.length() == BYTE_TOKEN && token.startsWith("<0x") && token.endsWith(">");
    int high = is ? Character.digit(token.charAt(3), 16) : -1;
    int low = is ? Character.digit(token.charAt(4), 16) : -1;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static void flush(ByteBuffer bytes, List<String> to) {
    bytes.flip();
    if (bytes.hasRemaining()) {
      int n = bytes.remaining();
      try {
        to.add(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      } catch (CharacterCodingException e) {
        to.add("\uFFFD".repeat(n));
      }
    }
    bytes.clear();
  }
}
