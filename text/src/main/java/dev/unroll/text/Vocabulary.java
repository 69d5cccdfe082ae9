package dev.unroll.text;

import dev.unroll.files.AtomicFile;
import dev.unroll.files.FileErrors;
import dev.unroll.text.read.Texts;
import dev.unroll.text.read.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Numbers tokens: specials first, then the most frequent first, those of one frequency in the order
 * of their characters, so that the same text always gives the same numbers. Unless it is asked for
 * others, the only special is {@link Special#UNKNOWN}, as number 0.
 *
 * <pre>{@code
 * Vocabulary.of(counts, Special.PADDING, Special.UNKNOWN).atLeast(2).limit(30_000);
 * }</pre>
 */
public final class Vocabulary {
  private static final String TOKENS = "tokens";
  private static final String SPECIAL = "special";
  private static final int SHOWN = 60; // Characters of a line that an error shows.
  private static final String DIGEST = "vocabularySha256";

  private final List<Special> specials;
  private final List<String> tokens = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  private Vocabulary(List<Special> specials) {
    this.specials = List.copyOf(specials);
    for (Special s : specials) {
      tokens.add(s.toString());
      counts.add(0L);
    }
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
  public static Vocabulary of(Tokenizer tokenizer, String text, Special... specials) {
    return of(count(tokenizer, List.of(text)), specials);
  }

  /** Returns how often each token comes in texts. */
  public static Map<String, Long> count(Tokenizer tokenizer, Iterable<String> texts) {
    Map<String, Long> counts = new HashMap<>();
    for (String text : texts) {
      tokenizer.tokenize(text, t -> counts.merge(t.text(), 1L, Long::sum));
    }
    return counts;
  }

  /**
   * Returns the vocabulary of tokens that were counted.
   *
   * @param specials in the order of their numbers, from 0; none are {@link Special#UNKNOWN} alone
   * @throws IllegalArgumentException if a count is negative
   */
  public static Vocabulary of(Map<String, Long> counts, Special... specials) {
    Vocabulary v = new Vocabulary(specials(specials));
    counts.forEach((token, count) -> {
      if (count < 0) {
        throw new IllegalArgumentException(
            "[vocabulary] expected counts of at least 0, got "
                + count
                + " of "
                + FileErrors.quoted(token));
      }
    });
    counts.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, Long> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .forEach(e -> v.add(e.getKey(), e.getValue()));
    return v;
  }

  private static List<Special> specials(Special... given) {
    List<Special> all = given.length == 0 ? List.of(Special.UNKNOWN) : List.of(given);
    if (new HashSet<>(all).size() < all.size()) {
      throw new IllegalArgumentException("[vocabulary] a special is given twice: " + all);
    }
    return all;
  }

  /** Returns the vocabulary without tokens that were counted less often. */
  public Vocabulary atLeast(long count) {
    return some(i -> counts.get(i) >= count);
  }

  /**
   * Returns the vocabulary of the most frequent tokens.
   *
   * @param size V at most, specials included
   */
  public Vocabulary limit(int size) {
    if (size < specials.size()) {
      throw new IllegalArgumentException(
          "[vocabulary] the specials alone are " + specials.size() + ", the limit is " + size);
    }
    return some(i -> i < size);
  }

  private Vocabulary some(IntPredicate kept) {
    Vocabulary v = new Vocabulary(specials);
    for (int i = specials.size(); i < size(); i++) {
      if (kept.test(i)) {
        v.add(tokens.get(i), counts.get(i));
      }
    }
    return v;
  }

  /** Returns V, the number of tokens, specials included. */
  public int size() {
    return tokens.size();
  }

  /** Returns whether a token of a text has a number of its own. */
  public boolean contains(String token) {
    return ids.containsKey(token);
  }

  /**
   * Returns the number of a token, that of {@link Special#UNKNOWN} for one that is not in the
   * vocabulary.
   *
   * @throws IllegalArgumentException if it is not, and the vocabulary has no unknown token
   */
  public int id(String token) {
    Integer id = ids.get(token);
    if (id != null) {
      return id;
    }
    if (!specials.contains(Special.UNKNOWN)) {
      throw new IllegalArgumentException(
          "[vocabulary] \"" + token + "\" is not in it, and it has no unknown token");
    }
    return id(Special.UNKNOWN);
  }

  /**
   * Returns the number of a special.
   *
   * @throws IllegalArgumentException if the vocabulary has it not
   */
  public int id(Special special) {
    int id = specials.indexOf(special);
    if (id < 0) {
      throw new IllegalArgumentException(
          "[vocabulary] has no " + special.name() + "; its specials are " + specials);
    }
    return id;
  }

  /** Returns the specials, in the order of their numbers. */
  public List<Special> specials() {
    return specials;
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

  /**
   * Returns what a weights file takes along to say which vocabulary its ids belong to: the SHA-256
   * of the specials and the tokens, in the order of their ids.
   */
  public Map<String, String> metadata() {
    return Map.of(DIGEST, digest());
  }

  /**
   * Checks that weights were trained with this vocabulary.
   *
   * @param metadata of the weights, with what {@link #metadata} returned when they were saved
   * @throws IllegalArgumentException if they were trained with another one, or do not say so
   */
  public void check(Map<String, String> metadata) {
    String expected = metadata.get(DIGEST);
    if (expected == null) {
      throw new IllegalArgumentException(
          "[vocabulary] expected \""
              + DIGEST
              + "\" in the metadata of the weights, got "
              + metadata.keySet());
    }
    if (!expected.equals(digest())) {
      throw new IllegalArgumentException(
          "[vocabulary] expected the vocabulary that the weights were trained with (SHA-256 "
              + expected
              + "), got another one ("
              + digest()
              + ")");
    }
  }

  private String digest() {
    StringBuilder lines = new StringBuilder();
    specials.forEach(s -> lines.append(s.name()).append('\n'));
    for (String token : tokens.subList(specials.size(), size())) {
      lines.append('\t').append(Escapes.escape(token)).append('\n');
    }
    try {
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns what a text has that this has not. */
  public Missing missing(Tokenizer tokenizer, String text) {
    return Missing.of(this, tokenizer, text);
  }

  /** Returns a text as numbers. */
  public int[] encode(Tokenizer tokenizer, String text) {
    IntStream.Builder codes = IntStream.builder();
    tokenizer.tokenize(text, t -> codes.add(id(t.text())));
    return codes.build().toArray();
  }

  /** Returns the text of numbers, without padding, begin and end. */
  public String decode(Tokenizer tokenizer, int... codes) {
    return tokenizer.join(
        Arrays.stream(codes)
            .filter(c -> c >= specials.size() || specials.get(c) == Special.UNKNOWN)
            .mapToObj(this::token)
            .toList());
  }

  /**
   * Writes a file that people can read: a line with the number of tokens that follow, one for each
   * special, and one for each token, in order, with its count; characters that cannot be seen are
   * escaped. The file appears whole or not at all.
   */
  public void save(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(TOKENS + "\t" + (size() - specials.size()));
    if (!specials.equals(List.of(Special.UNKNOWN))) {
      specials.forEach(s -> lines.add(SPECIAL + "\t" + s.name().toLowerCase(Locale.ROOT)));
    }
    for (int id = specials.size(); id < size(); id++) {
      lines.add(counts.get(id) + "\t" + Escapes.escape(tokens.get(id)));
    }
    lines.add(""); // The last line has an end too.
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, out -> out.write(bytes));
  }

  /**
   * Reads a file that {@link #save} wrote. The ends of its lines may have become those of Windows
   * since, and a byte order mark may precede it. Without a first line with the number of tokens, as
   * earlier versions wrote it and people may, a file that was cut at the end of a line is not
   * noticed.
   *
   * @throws IOException if it cannot be read or is no such file; the message names the line
   */
  public static Vocabulary load(Path path) throws IOException {
    return load(path, Utf8.STRICT);
  }

  /**
   * Reads a file that {@link #save} wrote, as {@link #load(Path)}.
   *
   * @param bytes how long the file may be
   * @throws IOException if it cannot be read or is no such file; the message names the line
   */
  public static Vocabulary load(Path path, Utf8 bytes) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": expected a file, got a folder");
    }
    String text = Texts.read(path, bytes);
    if (text.isEmpty()) {
      throw new IOException(path + ": expected a vocabulary, got an empty file");
    }
    String[] lines = text.split("\r?\n", -1); // A token's own \r is escaped.
    int begin = lines[0].startsWith(TOKENS + "\t") ? 1 : 0;
    List<Special> specials = specials(path, begin, lines);
    Vocabulary v;
    try {
      v = new Vocabulary(specials(specials.toArray(Special[]::new)));
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
    for (int at = begin + specials.size(); at < lines.length; at++) {
      if (!lines[at].isEmpty()) {
        v.read(path + ":" + (at + 1), lines[at]);
      }
    }
    if (begin > 0) {
      v.checkEnd(path, lines);
    }
    return v;
  }

  private static List<Special> specials(Path path, int begin, String... lines) throws IOException {
    List<Special> all = new ArrayList<>();
    for (int at = begin; at < lines.length && lines[at].startsWith(SPECIAL + "\t"); at++) {
      String name = lines[at].substring(SPECIAL.length() + 1);
      try {
        all.add(Special.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            path + ":" + (at + 1) + ": there is no special " + FileErrors.quoted(name), e);
      }
    }
    return all;
  }

  private void checkEnd(Path path, String... lines) throws IOException {
    String expected = lines[0].substring(TOKENS.length() + 1);
    int tokens = size() - specials.size();
    if (!expected.equals(Integer.toString(tokens))) {
      throw new IOException(
          path
              + ": expected "
              + FileErrors.shown(expected)
              + " tokens as line 1 says, got "
              + tokens);
    }
    if (!lines[lines.length - 1].isEmpty()) {
      throw new IOException(path + ":" + lines.length + ": the last line has no end");
    }
  }

  private void read(String where, String line) throws IOException {
    int tab = line.indexOf('\t');
    try {
      String count = line.substring(0, Math.max(0, tab));
      if (!count.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new IllegalArgumentException("a count has ASCII digits alone");
      }
      if (!add(Escapes.unescape(line.substring(tab + 1)), Long.parseLong(count))) {
        throw new IOException(where + ": the token was there before");
      }
    } catch (IllegalArgumentException e) {
      String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
      throw new IOException(
          where + ": expected a count, a tab and a token: " + FileErrors.shown(shown), e);
    }
  }
}
