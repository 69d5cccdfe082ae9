package dev.unroll.text;

/**
 * Composes letters as they are typed: a final consonant moves to the next syllable when a vowel
 * follows.
 */
final class HangulTyping {
  private final StringBuilder out = new StringBuilder();
  private String initial = "";
  private String vowel = "";
  private String last = "";

  String type(String given) {
    String text = Hangul.syllables(given);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Hangul.isSyllable(c)) {
        flush();
        // More letters may follow: 들 and ㅇ, ㅓ become 들어.
        initial = String.valueOf(Hangul.initial(c));
        vowel = Hangul.letters(String.valueOf(Hangul.vowel(c)));
        last = Hangul.letters(Hangul.last(c));
      } else {
        Hangul.letters(String.valueOf(c)).chars().forEach(letter -> type((char) letter));
      }
    }
    flush();
    return out.toString();
  }

  private void type(char letter) {
    String c = String.valueOf(letter);
    if (Hangul.isVowel(c)) {
      vowel(c);
    } else if (Hangul.isInitial(c) || Hangul.isFinal(c)) {
      consonant(c);
    } else {
      flush();
      out.append(letter);
    }
  }

  private void vowel(String c) {
    if (!last.isEmpty()) {
      String moved = last.substring(last.length() - 1);
      last = last.substring(0, last.length() - 1);
      flush();
      initial = moved;
      vowel = c;
    } else if (!vowel.isEmpty() && !Hangul.isVowel(vowel + c)) {
      flush();
      out.append(c);
    } else if (initial.isEmpty()) {
      out.append(c);
    } else {
      vowel += c;
    }
  }

  private void consonant(String c) {
    if (!vowel.isEmpty() && Hangul.isFinal(last + c)) {
      last += c;
    } else {
      flush();
      initial = c;
    }
  }

  private void flush() {
    out.append(vowel.isEmpty() ? initial : Hangul.syllable(initial, vowel, last));
    initial = "";
    vowel = "";
    last = "";
  }
}
