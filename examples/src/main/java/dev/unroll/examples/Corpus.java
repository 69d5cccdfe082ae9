package dev.unroll.examples;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.sequence.Generator;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.read.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** A text as ids, and another one that is held out. */
final class Corpus {
  /** The default text, a resource of this class: the Java sources of Lucene's core. */
  private static final String SOURCES = "lucene-core-sources.jar";

  /** The token of unknown words in corpora such as Penn Treebank. */
  private static final String UNKNOWN = "<unk>";

  private static final int PROMPT = 20;
  private static final int PIECES = 50;

  private final String name;
  private final Unit unit;
  private final Vocabulary vocabulary;
  private final int[] training;
  private final int[] validation;

  private Corpus(String name, Unit unit, Vocabulary vocabulary, int[] training, int[] validation) {
    this.name = name;
    this.unit = unit;
    this.vocabulary = vocabulary;
    this.training = training;
    this.validation = validation;
  }

  /** Returns the origin of the text. */
  String name() {
    return name;
  }

  /**
   * Returns the vocabulary of the training part; other tokens of the rest are unknown, as in use.
   */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  int[] training() {
    return training;
  }

  int[] validation() {
    return validation;
  }

  /** Returns a sentence on the origin and size of the text. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "%s, %,d %s (%,d different); %,d more are held out",
        name,
        training.length,
        unit,
        vocabulary.size() - 1,
        validation.length);
  }

  /** Returns a model's continuation of the beginning of the held-out part. */
  String continued(LanguageModel model, long seed, int length) {
    int[] prompt = Arrays.copyOf(validation, Math.min(PROMPT, validation.length));
    Generator generator = new Generator(model, new Sampling(0.7), RandomKey.of(seed));
    int[] all = Arrays.copyOf(prompt, prompt.length + length);
    System.arraycopy(generator.generate(prompt, length), 0, all, prompt.length, length);
    return "\n" + vocabulary.decode(unit.tokenizer(), all).strip().indent(4);
  }

  /** Returns pieces of the held-out text, evenly distributed over it. */
  int[] sample(int tokens) {
    if (validation.length <= tokens) {
      return validation;
    }
    int size = tokens / PIECES;
    int[] all = new int[PIECES * size];
    for (int i = 0; i < PIECES; i++) {
      int from = (int) ((long) (validation.length - size) * i / (PIECES - 1));
      System.arraycopy(validation, from, all, i * size, size);
    }
    return all;
  }

  /** Returns the batches of a text; fewer or smaller ones than asked for if it is short. */
  TokenStream stream(int[] text, int batch, int window) {
    int width = Math.min(window, text.length - 1);
    return new TokenStream(text, Math.min(batch, (text.length - 1) / width), width);
  }

  /** Returns a hash of the text. */
  long fingerprint() {
    return 31L * Arrays.hashCode(training) + Arrays.hashCode(validation);
  }

  /**
   * Reads the text of a run.
   *
   * @throws IOException if it cannot be read, is not UTF-8, or is empty
   */
  static Corpus read(TrainOptions options) throws IOException {
    String name = options.text == null ? SOURCES : options.text.toString();
    String text = options.text == null ? sources() : Texts.read(options.text);
    if (text.isBlank()) {
      throw new IOException(name + ": the text is empty");
    }
    int cut = text.length();
    String held;
    if (options.valid.matches("[0-9.]+")) {
      cut = cut(text, Double.parseDouble(options.valid));
      held = text.substring(cut);
    } else {
      held = Texts.read(Path.of(options.valid));
    }
    Tokenizer tokenizer = options.unit.tokenizer();
    String training = text.substring(0, cut);
    Vocabulary vocabulary =
        Vocabulary.of(tokenizer, training).without(UNKNOWN).limit(1 + options.vocabulary);
    int[] validation = vocabulary.encode(tokenizer, held);
    if (validation.length < 2) {
      throw new IOException(
          name + ": the text held out is too short: it has " + validation.length + " tokens");
    }
    int[] tokens = vocabulary.encode(tokenizer, training);
    return new Corpus(name, options.unit, vocabulary, tokens, validation);
  }

  private static String sources() throws IOException {
    try (InputStream in = Corpus.class.getResourceAsStream(SOURCES)) {
      if (in == null) {
        throw new IOException(SOURCES + ": the build left the default text out; use --text");
      }
      return Texts.readZip(SOURCES, in, ".java");
    }
  }

  /** Returns the end of the last complete line before the fraction that is held out. */
  private static int cut(String text, double held) {
    if (!(held > 0 && held < 1)) {
      throw new IllegalArgumentException(
          "--valid: expected a path or a fraction between 0 and 1, got " + held);
    }
    int cut = Math.max(1, (int) (text.length() * (1 - held)));
    int line = text.lastIndexOf('\n', cut - 1) + 1;
    if (line > cut * 0.9) {
      return line;
    }
    return Character.isLowSurrogate(text.charAt(cut)) ? cut + 1 : cut;
  }
}
