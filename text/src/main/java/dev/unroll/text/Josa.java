package dev.unroll.text;

/** Korean particles that have two forms, one behind a consonant and one behind a vowel: 책이, 샴푸가. */
public final class Josa {
  private static final String SPOKEN_WITH_FINAL = "013678LMNRlmnr";
  private static final String SPOKEN_WITH_RIEUL = "178LRlr";

  private Josa() {}

  /**
   * Returns a word with the form of a particle that it takes. Digits and Latin letters count as
   * they are read one by one: URL (유알엘) ends in a consonant, CSS (시에스에스) in a vowel.
   *
   * @param forms both, in either order, with a slash between: {@code "이/가"}, {@code "으로/로"}
   * @throws IllegalArgumentException if there are not two
   */
  public static String attach(String word, String forms) {
    int slash = forms.indexOf('/');
    if (slash < 1 || slash == forms.length() - 1 || forms.indexOf('/', slash + 1) >= 0) {
      throw new IllegalArgumentException(
          "[josa] expects two forms with a slash between, given \"" + forms + "\"");
    }
    String one = forms.substring(0, slash);
    String two = forms.substring(slash + 1);
    String behindConsonant = isBehindConsonant(one) ? one : two;
    String behindVowel = isBehindConsonant(one) ? two : one;
    // 으로 loses its vowel behind ㄹ as behind a vowel.
    boolean open = behindConsonant.startsWith("으") && endsInRieul(word);
    return word + (endsInConsonant(word) && !open ? behindConsonant : behindVowel);
  }

  private static boolean isBehindConsonant(String form) {
    return form.startsWith("이") || form.startsWith("으") || "을은과아".contains(form);
  }

  /** Returns whether a word, as it is spoken, ends in a consonant. */
  public static boolean endsInConsonant(String word) {
    if (word.isEmpty()) {
      return false;
    }
    char c = word.charAt(word.length() - 1);
    return Hangul.isSyllable(c) ? !Hangul.last(c).isEmpty() : SPOKEN_WITH_FINAL.indexOf(c) >= 0;
  }

  private static boolean endsInRieul(String word) {
    char c = word.isEmpty() ? 0 : word.charAt(word.length() - 1);
    return Hangul.isSyllable(c) ? Hangul.last(c).equals("ㄹ") : SPOKEN_WITH_RIEUL.indexOf(c) >= 0;
  }
}
