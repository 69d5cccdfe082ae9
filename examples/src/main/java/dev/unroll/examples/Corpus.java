package dev.unroll.examples;

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
import org.jspecify.annotations.Nullable;

/** A text as ids, with the last tenth held out. */
final class Corpus {
  /** The default text, a resource of this class: the Java sources of Lucene's core. */
  private static final String SOURCES = "lucene-core-sources.jar";

  private static final int PROMPT = 20;

  private final String name;
  private final Tokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final int[] training;
  private final int[] validation;

  private Corpus(
      String name, Tokenizer tokenizer, Vocabulary vocabulary, int[] training, int[] validation) {
    this.name = name;
    this.tokenizer = tokenizer;
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
        "%s, %,d characters (%,d different); %,d more are held out",
        name,
        training.length,
        vocabulary.size() - 1,
        validation.length);
  }

  /** Returns a model's continuation of the beginning of the held-out part. */
  String continued(LanguageModel model, long seed, int length) {
    int[] prompt = Arrays.copyOf(validation, Math.min(PROMPT, validation.length));
    Generator generator = new Generator(model, new Sampling(0.7), RandomKey.of(seed));
    String begin = vocabulary.decode(tokenizer, prompt);
    String added = vocabulary.decode(tokenizer, generator.generate(prompt, length));
    return "\n" + (begin + added).strip().indent(4);
  }

  /** Returns a hash of the text. */
  long fingerprint() {
    return 31L * Arrays.hashCode(training) + Arrays.hashCode(validation);
  }

  /**
   * Reads a text, or the default one.
   *
   * @throws IOException if it cannot be read, is not UTF-8, or is empty
   */
  static Corpus read(@Nullable Path path, Tokenizer tokenizer) throws IOException {
    String name = path == null ? SOURCES : path.toString();
    String text = path == null ? sources() : Texts.read(path);
    if (text.isBlank()) {
      throw new IOException(name + ": the text is empty");
    }
    int cut = cut(text);
    String training = text.substring(0, cut);
    Vocabulary vocabulary = Vocabulary.of(tokenizer, training);
    int[] held = vocabulary.encode(tokenizer, text.substring(cut));
    if (held.length < 2) {
      throw new IOException(name + ": the text is too short to hold out a tenth of it");
    }
    return new Corpus(name, tokenizer, vocabulary, vocabulary.encode(tokenizer, training), held);
  }

  private static String sources() throws IOException {
    try (InputStream in = Corpus.class.getResourceAsStream(SOURCES)) {
      if (in == null) {
        throw new IOException(SOURCES + ": the build left the default text out; use --text");
      }
      return Texts.readZip(SOURCES, in, ".java");
    }
  }

  /** Returns the end of the last complete line within nine tenths of the text. */
  private static int cut(String text) {
    int cut = (int) (text.length() * 9L / 10);
    int line = text.lastIndexOf('\n', cut - 1) + 1;
    if (line > cut * 9L / 10) {
      return line;
    }
    return Character.isLowSurrogate(text.charAt(cut)) ? cut + 1 : cut;
  }
}
