package dev.unroll.text;

import dev.unroll.files.FileErrors;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.read.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pretrained vectors for the tokens of a vocabulary, in the text format of word2vec and fastText
 * (with a first line of the number of vectors, which is checked, and their size) or of GloVe
 * (without). Values are decimal, such as {@code -0.5} or {@code 1e-3}, and finite; those of tokens
 * outside the vocabulary are skipped. If a token occurs more than once, its first vector is used.
 *
 * {@snippet class="snippets.TextTest" region="WordVectors"}
 *
 * @param weights {@code [V, E]}, one row per id of the vocabulary
 * @param found the number of tokens that have a vector in the file
 */
public record WordVectors(Tensor weights, int found) {

  /** Checks for null. */
  public WordVectors {
    Objects.requireNonNull(weights, "weights");
  }

  private static final double DEVIATION = 0.1;
  private static final Pattern HEADER = Pattern.compile("[0-9]{1,20} [0-9]+");

  /** Java's notation accepts more: hexadecimal digits, suffixes, NaN, blanks. */
  private static final String DECIMAL = "0123456789+-.eE";

  /**
   * Reads the vectors of a vocabulary line by line, holding only those in memory.
   *
   * @param key the key of the normal distribution that initializes tokens without a vector
   * @throws IOException if the file cannot be read or is malformed; the message names the line
   */
  public static WordVectors read(Path file, Vocabulary vocabulary, RandomKey key)
      throws IOException {
    return read(file, vocabulary, key, Utf8.STRICT);
  }

  /**
   * Reads the vectors of a vocabulary line by line, holding only those in memory.
   *
   * @param key the key of the normal distribution that initializes tokens without a vector
   * @param bytes how bytes are decoded: {@link Utf8#REPLACING} for files with malformed UTF-8; the
   *     number of values of all vectors is limited to half its limit of characters
   * @throws IOException if the file cannot be read, is malformed or too large; the message names
   *     the line
   */
  public static WordVectors read(Path file, Vocabulary vocabulary, RandomKey key, Utf8 bytes)
      throws IOException {
    try (Stream<String> lines = bytes.lines(file)) {
      return new Reading(file, vocabulary, key, bytes.longestText() / 2).of(lines.iterator());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The state of one pass through a file. */
  private static final class Reading {
    private final Path file;
    private final Vocabulary vocabulary;
    private final RandomKey key;
    private final long most;
    private final BitSet found = new BitSet();
    private float[] weights = {};
    private String announced = "";
    private int size = -1;
    private long number;
    private long vectors;

    Reading(Path file, Vocabulary vocabulary, RandomKey key, long most) {
      this.file = file;
      this.most = most;
      this.vocabulary = vocabulary;
      this.key = key;
    }

    WordVectors of(Iterator<String> lines) throws IOException {
      while (lines.hasNext()) {
        number++;
        String line = lines.next().stripTrailing();
        String[] fields = line.split(" ", -1);
        if (number == 1 && HEADER.matcher(line).matches()) {
          announced = fields[0];
          size = size(fields[1]); // Allocated when the first vector has been read.
        } else if (!line.isEmpty()) {
          vectors++;
          vector(line, fields);
        }
      }
      if (weights.length == 0) {
        throw new IOException(file + ": has no vectors");
      }
      if (!announced.isEmpty() && !new BigInteger(announced).equals(BigInteger.valueOf(vectors))) {
        throw new IOException(
            file + ":1: expected " + announced + " vectors, as announced, got " + vectors);
      }
      Shape shape = Shape.of(vocabulary.size(), size);
      return new WordVectors(Tensor.of(shape, weights), found.cardinality());
    }

    private int size(String text) throws IOException {
      try {
        int n = Integer.parseInt(text);
        if (n > 0 && n <= 1 << 16) {
          return n;
        }
      } catch (NumberFormatException e) {
        // Reported below.
      }
      throw new IOException(file + ":1: " + FileErrors.quoted(text) + " is not a vector size");
    }

    private void begin() throws IOException {
      if ((long) size * vocabulary.size() > Math.min(most, Integer.MAX_VALUE - 8)) {
        throw new IOException(
            file
                + ":"
                + number
                + ": "
                + vocabulary.size()
                + " vectors of "
                + size
                + " values exceed the limit of "
                + most
                + " values");
      }
      Shape shape = Shape.of(vocabulary.size(), size);
      weights = key.normal(DType.FLOAT32, shape, 0, DEVIATION).toFloats();
    }

    /** A token may contain spaces: the values are the last fields. */
    private void vector(String line, String... fields) throws IOException {
      size = size < 0 ? size(String.valueOf(fields.length - 1)) : size;
      int first = fields.length - size;
      if (first < 1) {
        throw new IOException(file + ":" + number + ": expected a token and " + size + " values");
      }
      if (weights.length == 0) {
        begin();
      }
      int at = 0;
      for (int i = 0; i < first; i++) {
        at += fields[i].length() + 1;
      }
      String token = line.substring(0, at - 1);
      if (!vocabulary.contains(token) || found.get(vocabulary.id(token))) {
        return; // The first vector of a token is used.
      }
      int row = vocabulary.id(token);
      for (int i = 0; i < size; i++) {
        weights[row * size + i] = number(fields[first + i]);
      }
      found.set(row);
    }

    private float number(String text) throws IOException {
      try {
        float x = Float.parseFloat(text);
        if (Float.isFinite(x) && text.chars().allMatch(c -> DECIMAL.indexOf(c) >= 0)) {
          return x;
        }
      } catch (NumberFormatException e) {
        // Reported below.
      }
      throw new IOException(
          file + ":" + number + ": " + FileErrors.quoted(text) + " is not a decimal number");
    }
  }
}
