package dev.unroll.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers tokens: the most frequent first, those of one frequency in the order of their characters,
 * so that the same text always gives the same numbers. Number 0 stands for every token that is not
 * in the vocabulary, and reads {@code U+FFFD}, Unicode's replacement character.
 */
public final class Vocabulary {
  /** The number of tokens that are not in the vocabulary. */
  public static final int UNKNOWN = 0;

  private static final String UNKNOWN_TEXT = "\uFFFD";

  private final List<String> tokens = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  private Vocabulary() {
    add(UNKNOWN_TEXT, 0);
  }

  private boolean add(String token, long count) {
    boolean fresh = ids.putIfAbsent(token, tokens.size()) == null;
    if (fresh) {
      tokens.add(token);
      counts.add(count);
    }
    return fresh;
  }

  /** Returns the vocabulary of a text. */
  public static Vocabulary of(Tokenizer tokenizer, String text) {
    Map<String, Long> counts = new HashMap<>();
    tokenizer.tokenize(text, t -> counts.merge(t.text(), 1L, Long::sum));
    return of(counts);
  }

  /** Returns the vocabulary of tokens that were counted. */
  public static Vocabulary of(Map<String, Long> counts) {
    Vocabulary v = new Vocabulary();
    counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .forEach(e -> v.add(e.getKey(), e.getValue()));
    return v;
  }

  /** Returns V, the number of tokens, the unknown one included. */
  public int size() {
    return tokens.size();
  }

  /** Returns the number of a token; {@link #UNKNOWN} for one that is not in the vocabulary. */
  public int id(String token) {
    return ids.getOrDefault(token, UNKNOWN);
  }

  /**
   * Returns the token of a number.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public String token(int id) {
    return tokens.get(id);
  }

  /** Returns how often the token was counted. */
  public long count(int id) {
    return counts.get(id);
  }

  /** Returns a text as numbers. */
  public int[] encode(Tokenizer tokenizer, String text) {
    Codes codes = new Codes();
    tokenizer.tokenize(text, t -> codes.add(id(t.text())));
    return codes.all();
  }

  /** Returns the text of numbers. */
  public String decode(Tokenizer tokenizer, int... codes) {
    return tokenizer.join(Arrays.stream(codes).mapToObj(this::token).toList());
  }

  /** Numbers as they arrive. */
  private static final class Codes {
    private int[] codes = new int[1024];
    private int size;

    void add(int code) {
      if (size == codes.length) {
        codes = Arrays.copyOf(codes, 2 * size);
      }
      codes[size++] = code;
    }

    int[] all() {
      return Arrays.copyOf(codes, size);
    }
  }

  /**
   * Writes a file that people can read: a line for each token, in order, with its count; characters
   * that cannot be seen are escaped. The file appears whole or not at all.
   */
  public void save(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int id = 1; id < size(); id++) {
      lines.add(counts.get(id) + "\t" + Escapes.escape(tokens.get(id)));
    }
    Path aside = path.resolveSibling(path.getFileName() + ".part");
    try {
      Files.write(aside, lines);
      Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /**
   * Reads a file that {@link #save} wrote.
   *
   * @throws IOException if it cannot be read or is no such file; the message names the line
   */
  public static Vocabulary load(Path path) throws IOException {
    Vocabulary v = new Vocabulary();
    int number = 0;
    for (String line : Texts.read(path).split("\n", -1)) {
      number++;
      if (line.isEmpty()) {
        continue;
      }
      int tab = line.indexOf('\t');
      try {
        long count = Long.parseLong(line.substring(0, Math.max(0, tab)));
        if (!v.add(Escapes.unescape(line.substring(tab + 1)), count)) {
          throw new IOException(path + ":" + number + ": the token was there before");
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(
            path + ":" + number + ": expected a count, a tab and a token: " + line, e);
      }
    }
    return v;
  }
}
