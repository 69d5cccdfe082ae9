package dev.unroll.text;

/**
 * Korean particles with two forms, one after a consonant and one after a vowel: 책이, 샴푸가.
 *
 * {@snippet class="snippets.TextTest" region="Josa"}
 */
public final class Josa {
  private static final String SPOKEN_WITH_FINAL = "013678LMNRlmnr";
  private static final String SPOKEN_WITH_RIEUL = "178LRlr";

  private Josa() {}

  /**
   * Appends the matching form of a particle to a word; nothing to an empty word. Digits and Latin
   * letters are read one by one: URL (유알엘) ends in a consonant, CSS (시에스에스) in a vowel. Syllables
   * written as jamo {@code U+1100} are recognized.
   *
   * @param forms both forms, in either order, separated by a slash: {@code "이/가"}, {@code "으로/로"}
   * @throws IllegalArgumentException if there are not exactly two forms
   */
  public static String attach(String word, String forms) {
    int slash = forms.indexOf('/');
    if (slash < 1 || slash == forms.length() - 1 || forms.indexOf('/', slash + 1) >= 0) {
      throw new IllegalArgumentException(
          "[josa] expected two forms separated by a slash, got \"" + forms + "\"");
    }
    if (word.isEmpty()) {
      return "";
    }
    String one = forms.substring(0, slash);
    String two = forms.substring(slash + 1);
    String afterConsonant = isAfterConsonant(one) ? one : two;
    String afterVowel = isAfterConsonant(one) ? two : one;
    // 으로 becomes 로 after ㄹ, as after a vowel.
    boolean open = afterConsonant.startsWith("으") && endsInRieul(word);
    return word + (endsInConsonant(word) && !open ? afterConsonant : afterVowel);
  }

  private static boolean isAfterConsonant(String form) {
    return form.startsWith("이") || form.startsWith("으") || "을은과아".contains(form);
  }

  /** Returns whether a word ends in a consonant when spoken. */
  public static boolean endsInConsonant(String word) {
    char c = last(word);
    return Hangul.isSyllable(c) ? !Hangul.last(c).isEmpty() : SPOKEN_WITH_FINAL.indexOf(c) >= 0;
  }

  private static boolean endsInRieul(String word) {
    char c = last(word);
    return Hangul.isSyllable(c) ? Hangul.last(c).equals("ㄹ") : SPOKEN_WITH_RIEUL.indexOf(c) >= 0;
  }

  /** Returns the last character, or the syllable that the last jamo form; 0 if there is none. */
  private static char last(String word) {
    String end = Hangul.syllables(word.substring(Math.max(0, word.length() - 3)));
    return end.isEmpty() ? 0 : end.charAt(end.length() - 1);
  }
}
