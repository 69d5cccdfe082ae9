package dev.unroll.examples.translate;

import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import java.util.List;
import java.util.TreeSet;

/** The characters of both sides as numbers; 0 and 1 stand for the begin and the end of a target. */
final class Codes {
  static final int BEGIN = 0;
  static final int END = 1;

  private final String sources;
  private final String targets;

  Codes(Notation notation) {
    TreeSet<Character> characters = new TreeSet<>();
    notation.sources().forEach(s -> s.chars().forEach(c -> characters.add((char) c)));
    // Years have all digits, those of the samples may not.
    "0123456789".chars().forEach(c -> characters.add((char) c));
    StringBuilder all = new StringBuilder();
    characters.forEach(all::append);
    sources = all.toString();
    targets = notation.targets();
  }

  int sources() {
    return sources.length();
  }

  int targets() {
    return targets.length() + 2;
  }

  /** Returns pairs as a batch, the end behind each target. */
  Batch batch(List<Notation.Pair> pairs) {
    return ExampleBatches.batch(pairs.stream().map(this::example).toList());
  }

  private Example example(Notation.Pair pair) {
    int[] source = pair.source().chars().map(sources::indexOf).toArray();
    int[] target = (pair.target() + "\0").chars().map(c -> c == 0 ? END : code(c)).toArray();
    return Example.of(source, target);
  }

  private int code(int character) {
    return targets.indexOf(character) + 2;
  }

  /** Returns what codes of a target say. */
  String text(List<Integer> codes) {
    StringBuilder text = new StringBuilder();
    codes.forEach(c -> text.append(c < 2 ? '?' : targets.charAt(c - 2)));
    return text.toString();
  }
}
