package dev.unroll.examples.study;

import dev.unroll.data.Example;
import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of Korean sentences with the same words in a different order and the opposite meaning: in
 * "Apple 빼고 다른 주식이 올랐다" all but Apple rose, in "다른 주식 빼고 Apple이 올랐다" only Apple.
 */
final class WordOrder {
  /** Things, groups that take the same particle, and predicates of both. */
  private record Theme(
      List<String> things, List<String> groups, String particle, List<String> said) {}

  private static final List<String> MARKET = List.of("올랐다", "내렸다", "떨어졌다", "움직였다");
  private static final List<String> PEOPLE = List.of("왔다", "갔다", "웃었다", "이겼다", "졌다", "잤다");
  private static final List<String> WHEN = List.of("", "오늘", "어제", "아침에", "지난주에", "결국");
  private static final List<Theme> THEMES =
      List.of(
          new Theme(List.of("Apple", "삼성", "구글", "셀트리온", "대한항공"), List.of("주식", "종목"), "이", MARKET),
          new Theme(List.of("카카오", "네이버", "현대차", "포스코"), List.of("회사"), "가", MARKET),
          new Theme(List.of("지훈", "민준", "서연", "하은"), List.of("학생", "사람", "직원"), "이", PEOPLE),
          new Theme(List.of("지수", "민서", "영희", "철수"), List.of("친구", "배우", "선수"), "가", PEOPLE));

  /**
   * A pair.
   *
   * @param but words of "all but the thing"
   * @param only words of "only the thing", the same ones
   */
  record Pair(List<String> but, List<String> only) {
    /** Returns a sentence as written, with particles attached to their nouns. */
    static String text(List<String> words) {
      StringBuilder text = new StringBuilder();
      for (String w : words) {
        boolean particle = w.equals("이") || w.equals("가");
        text.append(particle || text.isEmpty() ? "" : " ").append(w);
      }
      return text.toString();
    }
  }

  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final List<Pair> pairs = new ArrayList<>();

  WordOrder() {
    for (Theme t : THEMES) {
      for (String when : WHEN) {
        for (String thing : t.things) {
          for (String group : t.groups) {
            for (String said : t.said) {
              List<String> but = List.of(thing, "빼고", "다른", group, t.particle, said);
              List<String> only = List.of("다른", group, "빼고", thing, t.particle, said);
              pairs.add(new Pair(begin(when, but), begin(when, only)));
            }
          }
        }
      }
    }
    pairs.forEach(p -> p.but.forEach(w -> ids.putIfAbsent(w, ids.size())));
  }

  private static List<String> begin(String when, List<String> words) {
    List<String> all = new ArrayList<>(words);
    if (!when.isEmpty()) {
      all.addFirst(when);
    }
    return all;
  }

  /** Returns the number of words. */
  int vocabulary() {
    return ids.size();
  }

  /** Returns the pair of the class comment. */
  Pair first() {
    return pairs.getFirst();
  }

  /** Returns all pairs in random order, the first pair of all first. */
  List<Pair> shuffled(RandomKey key) {
    List<Pair> all = new ArrayList<>(List.of(first()));
    for (int i : key.permutation(pairs.size())) {
      if (i > 0) {
        all.add(pairs.get(i));
      }
    }
    return all;
  }

  /** Returns both sentences of each pair: class 1 where the thing itself is meant. */
  List<Example> examples(List<Pair> of) {
    List<Example> all = new ArrayList<>();
    for (Pair p : of) {
      all.add(example(p.but, 0));
      all.add(example(p.only, 1));
    }
    return all;
  }

  private Example example(List<String> words, int label) {
    int[] numbers = words.stream().mapToInt(ids::get).toArray();
    return Example.of(numbers, label);
  }
}
