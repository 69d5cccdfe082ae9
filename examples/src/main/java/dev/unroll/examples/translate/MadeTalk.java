package dev.unroll.examples.translate;

import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Josa;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Generated Korean small talk, in which the answer refers to the topic of the question. */
final class MadeTalk {
  private static final List<String> FOOD =
      List.of("김밥", "라면", "떡볶이", "비빔밥", "냉면", "만두", "치킨", "피자", "국수", "삼겹살", "과일", "케이크");
  private static final List<String> PLACE =
      List.of("서울", "부산", "제주도", "강릉", "경주", "전주", "대구", "속초", "여수", "춘천");
  private static final List<String> NAME =
      List.of("지훈", "민준", "서연", "하은", "지수", "민서", "영희", "철수", "수진", "현우");
  private static final List<String> BEFORE = List.of("", "저기 ", "있잖아 ", "안녕, ");

  private MadeTalk() {}

  /** Returns the distinct exchanges of n draws, so that held-out exchanges are new. */
  static List<Exchange> of(int n, RandomKey key) {
    Set<Exchange> all = new LinkedHashSet<>();
    for (int i = 0; i < n; i++) {
      RandomKey k = key.fold(i);
      Exchange e = exchange((int) (k.unit(0) * 6), k);
      all.add(new Exchange(k.pick(BEFORE, 4) + e.question(), e.answer()));
    }
    return List.copyOf(all);
  }

  private static Exchange exchange(int kind, RandomKey k) {
    String food = k.pick(FOOD, 1);
    String place = k.pick(PLACE, 2);
    String name = k.pick(NAME, 3);
    return switch (kind) {
      case 0 -> new Exchange(food + " 먹고 싶어", Josa.attach(food, "을/를") + " 먹으러 가요.");
      case 1 -> new Exchange(food + " 좋아해?", Josa.attach(food, "은/는") + " 정말 맛있죠.");
      case 2 -> new Exchange("나는 " + Josa.attach(name, "이야/야"), name + "님, 만나서 반가워요.");
      case 3 -> new Exchange(place + "에 가 봤어?", Josa.attach(place, "은/는") + " 참 좋은 곳이에요.");
      case 4 -> new Exchange(place + " 날씨 어때?", place + "에 가 본 지 오래됐어요.");
      default ->
          new Exchange(
              place + "에서 " + Josa.attach(food, "을/를") + " 먹었어",
              place + "에서 먹는 " + Josa.attach(food, "은/는") + " 더 맛있죠.");
    };
  }
}
