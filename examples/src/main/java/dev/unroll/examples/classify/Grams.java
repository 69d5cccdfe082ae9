package dev.unroll.examples.classify;

import dev.unroll.data.Example;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Maps characters and pairs of adjacent characters to ids.
 *
 * @param characters those of the training part
 * @param pairs those that occur there more than once
 */
public record Grams(Vocabulary characters, Vocabulary pairs) {
  private static final Tokenizer CHARACTERS = Tokenizers.named("characters");
  private static final String BEFORE = " ";

  /** The maximum number of characters read, since a batch is as long as its longest text. */
  static final int LONGEST = 2000;

  static Grams of(List<Labelled> training) {
    Map<String, Long> characters = new HashMap<>();
    Map<String, Long> pairs = new HashMap<>();
    for (Labelled t : training) {
      String before = BEFORE;
      for (String c : characters(t.text())) {
        characters.merge(c, 1L, Long::sum);
        pairs.merge(before + c, 1L, Long::sum);
        before = c;
      }
    }
    pairs.values().removeIf(n -> n < 2);
    return new Grams(Vocabulary.of(characters), Vocabulary.of(pairs));
  }

  /** Returns the number of ids: first the characters, then the pairs. */
  int size() {
    return characters.size() + pairs.size();
  }

  /** Returns the first 2,000 user-perceived characters of a text. */
  static List<String> characters(String text) {
    // A code point has at most two of Java's characters, a character as tokenized may have more.
    String begin = text.substring(0, Math.min(text.length(), 16 * LONGEST));
    List<String> all = CHARACTERS.tokenize(begin);
    return all.subList(0, Math.min(all.size(), LONGEST));
  }

  /**
   * Returns a text as a sequence of a character and its pair per step, {@code [T, 2]}; an empty
   * text becomes a space.
   *
   * @param label the class id, -1 if unknown
   */
  Example sequence(String text, int label) {
    List<Integer> ids = new ArrayList<>();
    String before = BEFORE;
    for (String c : characters(text.isEmpty() ? BEFORE : text)) {
      ids.add(characters.id(c));
      ids.add(characters.size() + pairs.id(before + c));
      before = c;
    }
    int[] all = ids.stream().mapToInt(i -> i).toArray();
    return new Example(
        Tensor.of(Shape.of(all.length / 2, 2), all), Tensor.scalar(DType.INT32, label));
  }

  /** Returns a text as the set of its ids. */
  Example bag(String text, int label) {
    Example sequence = sequence(text, label);
    int[] distinct = IntStream.of(sequence.input().toInts()).sorted().distinct().toArray();
    return Example.of(distinct, label);
  }
}
