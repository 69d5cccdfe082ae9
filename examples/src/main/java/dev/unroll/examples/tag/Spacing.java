package dev.unroll.examples.tag;

import dev.unroll.data.Example;
import dev.unroll.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;

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
  String text(List<Integer> spaces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters.size(); i++) {
      text.append(characters.get(i)).append(spaces.get(i) == 1 ? " " : "");
    }
    return text.toString().strip();
  }

  /** Predicts spaces from the two adjacent characters. */
  interface Rule {
    boolean isSpace(String before, String behind);
  }

  List<Integer> by(Rule rule) {
    List<Integer> spaces = new ArrayList<>();
    for (int i = 0; i < characters.size(); i++) {
      boolean last = i + 1 == characters.size();
      spaces.add(!last && rule.isSpace(characters.get(i), characters.get(i + 1)) ? 1 : 0);
    }
    return spaces;
  }
}
