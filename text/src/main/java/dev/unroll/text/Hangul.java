package dev.unroll.text;

/**
 * Korean letters. A syllable of the block {@code U+AC00} consists of an initial consonant, a vowel
 * and an optional final consonant (Unicode Standard, section 3.12). Here, <em>letters</em> are
 * those of the compatibility block {@code U+3131}, as on keyboards, and <em>jamo</em> those of the
 * block {@code U+1100}, which encode the position in the syllable.
 *
 * {@snippet class="snippets.TextTest" region="Hangul"}
 */
public final class Hangul {
  private static final int BASE = 0xAC00;
  private static final int LAST = 0xD7A3;
  private static final int FINALS = 28;
  private static final int VOWELS = 21;
  private static final String INITIAL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
  private static final String VOWEL = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
  private static final String FINAL = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

  /** Each compound letter, and its two parts. */
  private static final String[] COMPOUND = {
    "ㅘㅗㅏ", "ㅙㅗㅐ", "ㅚㅗㅣ", "ㅝㅜㅓ", "ㅞㅜㅔ", "ㅟㅜㅣ", "ㅢㅡㅣ", "ㄳㄱㅅ", "ㄵㄴㅈ", "ㄶㄴㅎ", "ㄺㄹㄱ", "ㄻㄹㅁ", "ㄼㄹㅂ",
    "ㄽㄹㅅ", "ㄾㄹㅌ", "ㄿㄹㅍ", "ㅀㄹㅎ", "ㅄㅂㅅ"
  };

  private Hangul() {}

  /** Returns whether a character is a precomposed syllable. */
  public static boolean isSyllable(int c) {
    return c >= BASE && c <= LAST;
  }

  /**
   * Returns whether a character is a jamo, modern or old, that encodes its position in the
   * syllable.
   */
  public static boolean isJamo(int c) {
    return (c >= 0x1100 && c <= 0x11FF)
        || (c >= 0xA960 && c <= 0xA97C)
        || (c >= 0xD7B0 && c <= 0xD7FB);
  }

  /**
   * Composes a syllable from letters.
   *
   * @param fin the final consonant, or its two parts ({@code "ㅂㅅ"}), or the empty string
   * @throws IllegalArgumentException if the letters do not form a syllable
   */
  public static char syllable(String initial, String vowel, String fin) {
    int i = index(INITIAL, initial);
    int v = index(VOWEL, joined(vowel));
    int f = fin.isEmpty() ? 0 : index(FINAL, joined(fin)) + 1;
    if (i < 0 || v < 0 || (f == 0 && !fin.isEmpty())) {
      throw new IllegalArgumentException(
          "[hangul] no syllable consists of \""
              + initial
              + "\", \""
              + vowel
              + "\", \""
              + fin
              + "\"");
    }
    return (char) (BASE + (i * VOWELS + v) * FINALS + f);
  }

  private static int index(String letters, String letter) {
    return letter.length() == 1 ? letters.indexOf(letter.charAt(0)) : -1;
  }

  /** Returns the compound of two letters, or the argument if there is none. */
  static String joined(String letters) {
    for (String c : COMPOUND) {
      if (c.substring(1).equals(letters)) {
        return c.substring(0, 1);
      }
    }
    return letters;
  }

  private static String parts(char letter) {
    for (String c : COMPOUND) {
      if (c.charAt(0) == letter) {
        return c.substring(1);
      }
    }
    return String.valueOf(letter);
  }

  /** Returns the initial consonant of a syllable. */
  public static char initial(char syllable) {
    return INITIAL.charAt(check(syllable) / (VOWELS * FINALS));
  }

  /** Returns the vowel of a syllable. */
  public static char vowel(char syllable) {
    return VOWEL.charAt(check(syllable) / FINALS % VOWELS);
  }

  /** Returns the final consonant of a syllable, or the empty string. */
  public static String last(char syllable) {
    int f = check(syllable) % FINALS;
    return f == 0 ? "" : FINAL.substring(f - 1, f);
  }

  private static int check(char syllable) {
    if (!isSyllable(syllable)) {
      throw new IllegalArgumentException("[hangul] \"" + syllable + "\" is not a syllable");
    }
    return syllable - BASE;
  }

  /**
   * Decomposes each syllable into its letters, and compound letters into their parts: 값 becomes
   * ㄱㅏㅂㅅ. Syllables written as jamo {@code U+1100} are decomposed as well.
   */
  public static String letters(String given) {
    String text = syllables(given);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSyllable(c)) {
        out.append(initial(c)).append(parts(vowel(c)));
        out.append(last(c).isEmpty() ? "" : parts(last(c).charAt(0)));
      } else {
        out.append(parts(c));
      }
    }
    return out.toString();
  }

  /**
   * Replaces each syllable by its initial consonant (초성), including syllables written as jamo
   * {@code U+1100}; other characters are unchanged.
   */
  public static String initials(String given) {
    String text = syllables(given);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(isSyllable(c) ? initial(c) : c);
    }
    return out.toString();
  }

  /**
   * Composes letters, in the order in which they are typed, into syllables: ㅇㅏㅂㅓㅈㅣ becomes 아버지. All
   * other characters are unchanged.
   */
  public static String assemble(String text) {
    return new HangulTyping().type(text);
  }

  /** Removes the letter that was typed last: 값 becomes 갑, 전화 전호, 관사 관ㅅ. */
  public static String withoutLastLetter(String given) {
    String text = syllables(given);
    if (text.isEmpty()) {
      return text;
    }
    int last = text.offsetByCodePoints(text.length(), -1);
    String letters = letters(text.substring(last));
    String left = letters.substring(0, letters.offsetByCodePoints(letters.length(), -1));
    return text.substring(0, last) + assemble(left);
  }

  /** Decomposes each syllable into its jamo {@code U+1100}. */
  public static String jamo(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSyllable(c)) {
        int s = c - BASE;
        out.append((char) (0x1100 + s / (VOWELS * FINALS)));
        out.append((char) (0x1161 + s / FINALS % VOWELS));
        out.append(s % FINALS == 0 ? "" : String.valueOf((char) (0x11A7 + s % FINALS)));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Composes jamo {@code U+1100} into syllables where possible, and a final jamo with a preceding
   * syllable that has no final consonant.
   */
  public static String syllables(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c >= 0x1100 && c <= 0x1112 && next >= 0x1161 && next <= 0x1175) {
        c = (char) (BASE + ((c - 0x1100) * VOWELS + next - 0x1161) * FINALS);
        i++;
        next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      }
      boolean open = isSyllable(c) && (c - BASE) % FINALS == 0;
      if (open && next > 0x11A7 && next <= 0x11C2) {
        c += (char) (next - 0x11A7);
        i++;
      }
      out.append(c);
    }
    return out.toString();
  }

  /** Returns whether a letter can begin a syllable. */
  static boolean isInitial(String letter) {
    return index(INITIAL, letter) >= 0;
  }

  /** Returns whether a letter, or two parts of one, can be the vowel of a syllable. */
  static boolean isVowel(String letters) {
    return index(VOWEL, joined(letters)) >= 0;
  }

  /** Returns whether a letter, or two parts of one, can end a syllable. */
  static boolean isFinal(String letters) {
    return index(FINAL, joined(letters)) >= 0;
  }
}
