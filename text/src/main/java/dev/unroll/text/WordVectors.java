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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Vectors that somebody else has trained, for the tokens of a vocabulary: in the text form of
 * word2vec and fastText (a first line with the number of vectors, which is checked, and their size)
 * or of GloVe (without). Numbers are decimal, such as {@code -0.5} or {@code 1e-3}, and finite;
 * those of tokens that the vocabulary does not have are not looked at. Of a token that comes more
 * than once, the first vector counts.
 *
 * <pre>{@code
 * WordVectors v = WordVectors.read(Path.of("glove.6B.100d.txt"), vocabulary, RandomKey.of(1));
 * Embedding embedding = new Embedding(new Parameter(v.weights()));
 * }</pre>
 *
 * @param weights {@code [V, E]}, a row for each number of the vocabulary
 * @param found how many of its tokens have a vector in the file
 */
public record WordVectors(Tensor weights, int found) {
  private static final double DEVIATION = 0.1;
  private static final Pattern HEADER = Pattern.compile("[0-9]{1,20} [0-9]+");

  /** Java's own notation of numbers has more: hexadecimal digits, suffixes, NaN, blanks. */
  private static final String DECIMAL = "0123456789+-.eE";

  /**
   * Reads the vectors of a vocabulary, line by line: what it does not need is not kept.
   *
   * @param key of the normal numbers that tokens without a vector begin with
   * @throws IOException if the file cannot be read or is of another form; the message names the
   *     line
   */
  public static WordVectors read(Path file, Vocabulary vocabulary, RandomKey key)
      throws IOException {
    return read(file, vocabulary, key, Utf8.STRICT);
  }

  /**
   * Reads the vectors of a vocabulary, line by line: what it does not need is not kept.
   *
   * @param key of the normal numbers that tokens without a vector begin with
   * @param bytes how bytes are read: {@link Utf8#REPLACING} for files some of whose tokens are no
   *     UTF-8; the vectors of a vocabulary have at most half as many numbers as it allows
   *     characters
   * @throws IOException if the file cannot be read, is of another form or too large; the message
   *     names the line
   */
  public static WordVectors read(Path file, Vocabulary vocabulary, RandomKey key, Utf8 bytes)
      throws IOException {
    try (Stream<String> lines = bytes.lines(file)) {
      return new Reading(file, vocabulary, key, bytes.longestText() / 2).of(lines.iterator());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** One pass through a file. */
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
          size = size(fields[1]); // Is allocated when a vector has come that has it.
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
            file + ":1: expected " + announced + " vectors as it says, got " + vectors);
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
        // Said below.
      }
      throw new IOException(file + ":1: " + FileErrors.quoted(text) + " is no size of vectors");
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
                + " numbers are more than "
                + most
                + ", the limit");
      }
      Shape shape = Shape.of(vocabulary.size(), size);
      weights = key.normal(DType.FLOAT32, shape, 0, DEVIATION).toFloats();
    }

    /** A token may hold spaces itself: the numbers are the last fields. */
    private void vector(String line, String... fields) throws IOException {
      size = size < 0 ? size(String.valueOf(fields.length - 1)) : size;
      int first = fields.length - size;
      if (first < 1) {
        throw new IOException(file + ":" + number + ": expected a token and " + size + " numbers");
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
        return; // The first vector of a token counts.
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
        // Said below.
      }
      throw new IOException(
          file + ":" + number + ": " + FileErrors.quoted(text) + " is no decimal number");
    }
  }
}
