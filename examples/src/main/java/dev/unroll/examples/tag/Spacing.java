package dev.unroll.examples.tag;

import dev.unroll.data.Example;
import dev.unroll.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * A sentence without its spaces.
 *
 * @param characters the characters
 * @param spaced for each character, 1 if a space followed it, else 0
 */
record Spacing(List<String> characters, List<Integer> spaced) {
  /** Copies the lists. */
  Spacing {
    characters = List.copyOf(characters);
    spaced = List.copyOf(spaced);
  }

  static Spacing of(String sentence) {
    List<String> characters = new ArrayList<>();
    List<Integer> spaced = new ArrayList<>();
    for (int c : sentence.strip().codePoints().toArray()) {
      if (!Character.isWhitespace(c)) {
        characters.add(Character.toString(c));
        spaced.add(0);
      } else if (!spaced.isEmpty()) {
        spaced.set(spaced.size() - 1, 1);
      }
    }
    return new Spacing(characters, spaced);
  }

  Example example(Vocabulary vocabulary) {
    return Example.of(
        characters.stream().mapToInt(vocabulary::id).toArray(),
        spaced.stream().mapToInt(s -> s).toArray());
  }

  /** Returns the sentence with the given spaces. */
  String text(int... spaces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < spaces.length; i++) {
      text.append(characters.get(i)).append(spaces[i] == 1 ? " " : "");
    }
    return text.toString().strip();
  }

  /** Returns the spaces that follow from each pair of adjacent characters. */
  int[] by(BiPredicate<String, String> rule) {
    int[] spaces = new int[characters.size()];
    for (int i = 0; i + 1 < spaces.length; i++) {
      spaces[i] = rule.test(characters.get(i), characters.get(i + 1)) ? 1 : 0;
    }
    return spaces;
  }
}
