package dev.unroll.examples.classify;

import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Josa;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Generated Korean film reviews. Each judges one or two aspects of a film. Of two, joined by "but"
 * (지만), the second decides: "연기는 좋지만 이야기가 지루하다" is negative. A judgment may be negated (-지 않다). So
 * the same words occur in reviews of both kinds.
 */
final class MadeReviews {
  private static final List<String> SIDES =
      List.of("연기", "이야기", "영상", "음악", "결말", "대사", "주인공", "감독", "편집", "액션");
  private static final List<String> GOOD = List.of("좋", "훌륭하", "재미있", "멋지", "감동적이", "참신하");
  private static final List<String> BAD = List.of("나쁘", "지루하", "재미없", "어색하", "뻔하", "어설프");
  private static final List<String> BEGIN = List.of("", "정말 ", "솔직히 ", "이번에도 ", "역시 ", "ㅋㅋ ");
  private static final List<String> END = List.of("", ".", "!", "...", " ㅠㅠ", "~");

  private MadeReviews() {}

  /** Returns the distinct reviews of n draws, so that held-out reviews are new. */
  static List<Labelled> of(int n, RandomKey key) {
    Set<Labelled> reviews = new LinkedHashSet<>();
    for (int i = 0; i < n; i++) {
      reviews.add(review(key.fold(i)));
    }
    return List.copyOf(reviews);
  }

  private static Labelled review(RandomKey key) {
    boolean content = key.unit(0) < 0.5;
    StringBuilder text = new StringBuilder(key.pick(BEGIN, 1));
    if (key.unit(2) < 0.6) { // The first aspect is about as often judged differently as equally.
      text.append(side(key.fold("first"), key.unit(3) < 0.5, "지만 "));
    }
    text.append(side(key.fold("last"), content, "다")).append(key.pick(END, 4));
    return new Labelled(text.toString(), content ? "content" : "not");
  }

  private static String side(RandomKey key, boolean content, String ending) {
    boolean denied = key.unit(0) < 0.3;
    String said = key.pick(content == denied ? BAD : GOOD, 1);
    String noun = key.pick(SIDES, 2);
    String particle = key.unit(3) < 0.5 ? "은/는" : "이/가";
    return Josa.attach(noun, particle) + " " + said + (denied ? "지 않" : "") + ending;
  }
}
