package dev.unroll.text;

import dev.unroll.files.FileErrors;
import dev.unroll.text.read.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Maps tokens to ids: special tokens first, then the others by descending frequency, and
 * alphabetically among equal frequencies, so that the same text always gives the same ids. By
 * default the only special token is {@link Special#UNKNOWN}, with id 0.
 *
 * {@snippet class="snippets.TextTest" region="Vocabulary"}
 */
public final class Vocabulary {
  private static final String DIGEST = "vocabularySha256";

  private final List<Special> specials;
  private final List<String> tokens = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();

  /** Creates a vocabulary of special tokens only. */
  Vocabulary(List<Special> specials) {
    this.specials = List.copyOf(specials);
    for (Special s : specials) {
      tokens.add(s.toString());
      counts.add(0L);
    }
  }

  /** Adds a token, and returns whether it is new. */
  boolean add(String token, long count) {
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

  /** Counts the tokens of texts. */
  public static Map<String, Long> count(Tokenizer tokenizer, Iterable<String> texts) {
    Map<String, Long> counts = new HashMap<>();
    for (String text : texts) {
      tokenizer.tokenize(text, t -> counts.merge(t.text(), 1L, Long::sum));
    }
    return counts;
  }

  /**
   * Returns the vocabulary of counted tokens.
   *
   * @param specials the special tokens, in the order of their ids, from 0; if empty, {@link
   *     Special#UNKNOWN}
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

  /** Returns the special tokens in the order of their ids: by default only the unknown one. */
  static List<Special> specials(Special... given) {
    List<Special> all = given.length == 0 ? List.of(Special.UNKNOWN) : List.of(given);
    if (new HashSet<>(all).size() < all.size()) {
      throw new IllegalArgumentException("[vocabulary] duplicate special token: " + all);
    }
    return all;
  }

  /** Returns a vocabulary without tokens of a lower count. */
  public Vocabulary atLeast(long count) {
    return some(i -> counts.get(i) >= count);
  }

  /**
   * Returns a vocabulary of the most frequent tokens.
   *
   * @param size the maximum of V, special tokens included
   */
  public Vocabulary limit(int size) {
    if (size < specials.size()) {
      throw new IllegalArgumentException(
          "[vocabulary] expected a limit of at least "
              + specials.size()
              + ", the number of special tokens, got "
              + size);
    }
    return some(i -> i < size);
  }

  /**
   * Returns a vocabulary without some tokens, which are then unknown. A corpus that has been
   * prepared by others may contain a token for unknown words, such as {@code <unk>} in Penn
   * Treebank and WikiText: without it, there is one unknown token rather than two.
   */
  public Vocabulary without(String... unknown) {
    Set<String> all = Set.copyOf(Arrays.asList(unknown));
    return some(i -> !all.contains(tokens.get(i)));
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

  /** Returns V, the number of tokens, special tokens included. */
  public int size() {
    return tokens.size();
  }

  /** Returns whether a token of a text has an id of its own. */
  public boolean contains(String token) {
    return ids.containsKey(token);
  }

  /**
   * Returns the id of a token, or that of {@link Special#UNKNOWN} if the token is not in the
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
          "[vocabulary] \"" + token + "\" is not in the vocabulary, which has no unknown token");
    }
    return id(Special.UNKNOWN);
  }

  /**
   * Returns the id of a special token.
   *
   * @throws IllegalArgumentException if the vocabulary does not contain it
   */
  public int id(Special special) {
    int id = specials.indexOf(special);
    if (id < 0) {
      throw new IllegalArgumentException(
          "[vocabulary] has no " + special.name() + "; its special tokens are " + specials);
    }
    return id;
  }

  /** Returns the special tokens, in the order of their ids. */
  public List<Special> specials() {
    return specials;
  }

  /**
   * Returns the token of an id.
   *
   * @throws IndexOutOfBoundsException if it is out of range
   */
  public String token(int id) {
    return tokens.get(id);
  }

  /** Returns the count of a token. */
  public long count(int id) {
    return counts.get(id);
  }

  /**
   * Returns metadata for a weights file that identifies the vocabulary: the SHA-256 of the special
   * tokens and the tokens, in the order of their ids.
   */
  public Map<String, String> metadata() {
    return Map.of(DIGEST, digest());
  }

  /**
   * Checks that weights were trained with this vocabulary.
   *
   * @param metadata the metadata of the weights, including that of {@link #metadata} when they were
   *     saved
   * @throws IllegalArgumentException if they were trained with another vocabulary, or the metadata
   *     lacks it
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

  /** Returns the tokens of a text that this vocabulary lacks. */
  public Missing missing(Tokenizer tokenizer, String text) {
    return Missing.of(this, tokenizer, text);
  }

  /** Returns the ids of a text. */
  public int[] encode(Tokenizer tokenizer, String text) {
    IntStream.Builder ids = IntStream.builder();
    tokenizer.tokenize(text, t -> ids.add(id(t.text())));
    return ids.build().toArray();
  }

  /** Returns the text of ids, without padding, begin and end. */
  public String decode(Tokenizer tokenizer, int... ids) {
    return tokenizer.join(
        Arrays.stream(ids)
            .filter(c -> c >= specials.size() || specials.get(c) == Special.UNKNOWN)
            .mapToObj(this::token)
            .toList());
  }

  /**
   * Writes a human-readable file: a line with the number of tokens, a line per special token, and a
   * line per token, in the order of their ids, with its count; invisible characters are escaped.
   * The file is written atomically.
   */
  public void save(Path path) throws IOException {
    VocabularyFile.write(path, this);
  }

  /**
   * Reads a file that {@link #save} wrote. Windows line ends and a byte order mark are accepted. If
   * the first line with the number of tokens is missing, as in files of earlier versions or written
   * by hand, truncation at a line end goes undetected.
   *
   * @throws IOException if it cannot be read or is malformed; the message names the line
   */
  public static Vocabulary load(Path path) throws IOException {
    return load(path, Utf8.STRICT);
  }

  /**
   * Reads a file that {@link #save} wrote, as {@link #load(Path)}.
   *
   * @param bytes limits the size of the file
   * @throws IOException if it cannot be read or is malformed; the message names the line
   */
  public static Vocabulary load(Path path, Utf8 bytes) throws IOException {
    return VocabularyFile.read(path, bytes);
  }

  /** Returns the text of the file that {@link #save} writes. */
  public String text() {
    return VocabularyFile.text(this);
  }

  /**
   * Parses the result of {@link #text}, as {@link #load(Path)} does.
   *
   * @throws IllegalArgumentException if it is malformed; the message names the line
   */
  public static Vocabulary parse(String text) {
    Objects.requireNonNull(text, "text");
    try {
      return VocabularyFile.parse("vocabulary", text);
    } catch (IOException e) {
      throw new IllegalArgumentException("[vocabulary] " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "Vocabulary[" + size() + " tokens, specials " + specials + "]";
  }
}
