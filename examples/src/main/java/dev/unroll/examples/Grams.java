package dev.unroll.examples;

import dev.unroll.data.Example;
import dev.unroll.examples.Reviews.Review;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Characters and pairs of neighbours as numbers.
 *
 * @param characters that occur in the training part
 * @param pairs that occur there more than once
 */
record Grams(Vocabulary characters, Vocabulary pairs) {
  private static final Tokenizer CHARACTERS = Tokenizer.named("characters");
  private static final String BEFORE = " ";

  static Grams of(List<Review> training) {
    Map<String, Long> characters = new HashMap<>();
    Map<String, Long> pairs = new HashMap<>();
    for (Review r : training) {
      String before = BEFORE;
      for (String c : CHARACTERS.tokenize(r.text())) {
        characters.merge(c, 1L, Long::sum);
        pairs.merge(before + c, 1L, Long::sum);
        before = c;
      }
    }
    pairs.values().removeIf(n -> n < 2);
    return new Grams(Vocabulary.of(characters), Vocabulary.of(pairs));
  }

  /** Returns the number of numbers: first the characters, then the pairs. */
  int size() {
    return characters.size() + pairs.size();
  }

  /** Returns a review as a sequence: at each step a character, and its pair, {@code [T, 2]}. */
  Example sequence(Review r) {
    List<Integer> codes = new ArrayList<>();
    String before = BEFORE;
    for (String c : CHARACTERS.tokenize(r.text())) {
      codes.add(characters.id(c));
      codes.add(characters.size() + pairs.id(before + c));
      before = c;
    }
    int[] all = codes.stream().mapToInt(i -> i).toArray();
    return new Example(
        Tensor.of(Shape.of(all.length / 2, 2), all), Tensor.scalar(DType.INT32, r.label()));
  }

  /** Returns a review as the numbers that occur in it, each once: their order is lost. */
  Example bag(Review r) {
    Example sequence = sequence(r);
    int[] distinct = IntStream.of(sequence.input().toInts()).sorted().distinct().toArray();
    return new Example(Tensor.of(Shape.of(distinct.length), distinct), sequence.target());
  }
}
