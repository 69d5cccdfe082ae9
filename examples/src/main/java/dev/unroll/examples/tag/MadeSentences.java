package dev.unroll.examples.tag;

import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Josa;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Generated Korean sentences: a subject (with a particle), optionally a time, a place, an object,
 * and a verb. Words overlap ("가방" and "방", "나무" and "나", "이사" and "사과"), so that two characters do
 * not determine a word boundary.
 */
final class MadeSentences {
  private static final List<String> WHO =
      List.of("나", "너", "아버지", "할머니", "친구", "가수", "의사", "이사", "사장", "학생", "방학생", "수진이");
  private static final List<String> WHEN =
      List.of("", "오늘", "어제", "오후에", "방학에", "아침에", "나중에", "이번 주에", "다음 주에");
  private static final List<String> WHERE =
      List.of("방", "가방", "책방", "나무", "가게", "학교", "시장", "장미원", "주방", "방송국");
  private static final List<String> WHAT =
      List.of("사과", "과자", "책", "나무", "장미", "주스", "가방", "시계", "계란", "이야기", "수박", "박수");
  private static final List<String> DONE =
      List.of("샀다", "보았다", "가져왔다", "받았다", "주었다", "찾았다", "보고 왔다", "사 주었다", "안 샀다", "못 찾았다");

  private MadeSentences() {}

  /** Returns the distinct sentences of n draws, so that held-out sentences are new. */
  static List<String> of(int n, RandomKey key) {
    Set<String> all = new LinkedHashSet<>();
    for (int i = 0; i < n; i++) {
      RandomKey k = key.fold(i);
      String who = Josa.attach(k.pick(WHO, 0), k.unit(1) < 0.5 ? "은/는" : "이/가");
      String where = k.unit(2) < 0.5 ? k.pick(WHERE, 3) + "에서 " : "";
      String what = Josa.attach(k.pick(WHAT, 4), "을/를");
      String when = k.pick(WHEN, 5);
      all.add(
          who + " " + (when.isEmpty() ? "" : when + " ") + where + what + " " + k.pick(DONE, 6));
    }
    return List.copyOf(all);
  }
}
