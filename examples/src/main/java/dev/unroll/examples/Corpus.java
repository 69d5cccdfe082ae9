package dev.unroll.examples;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.read.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text as codes, the last tenth held out. */
final class Corpus {
  /**
   * The default text, which the build puts beside this class: the Java sources of Lucene's core.
   */
  private static final String SOURCES = "lucene-core-sources.jar";

  private final String name;
  private final Vocabulary vocabulary;
  private final int[] training;
  private final int[] validation;

  private Corpus(String name, Vocabulary vocabulary, int[] training, int[] validation) {
    this.name = name;
    this.vocabulary = vocabulary;
    this.training = training;
    this.validation = validation;
  }

  /** Returns where the text is from. */
  String name() {
    return name;
  }

  /** Of the part for training: what is new in the rest is unknown, as it will be in use. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  int[] training() {
    return training;
  }

  int[] validation() {
    return validation;
  }

  /** Returns a number that another text hardly has. */
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
    return new Corpus(name, vocabulary, vocabulary.encode(tokenizer, training), held);
  }

  private static String sources() throws IOException {
    try (InputStream in = Corpus.class.getResourceAsStream(SOURCES)) {
      if (in == null) {
        throw new IOException(SOURCES + ": the build left the default text out; use --text");
      }
      return Texts.readZip(SOURCES, in, ".java");
    }
  }

  /** The end of the last line that is whole within nine tenths; between lines nothing is torn. */
  private static int cut(String text) {
    int cut = (int) (text.length() * 9L / 10);
    int line = text.lastIndexOf('\n', cut - 1) + 1;
    if (line > cut * 9L / 10) {
      return line;
    }
    return Character.isLowSurrogate(text.charAt(cut)) ? cut + 1 : cut;
  }
}
