package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.unicode.WhiteSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * BERT's normalization (Devlin, Chang, Lee &amp; Toutanova 2019, arXiv:1810.04805), as in Hugging
 * Face's {@code BertNormalizer}.
 *
 * @param clean whether control characters are removed, and white space becomes spaces
 * @param chinese whether Chinese characters are surrounded by spaces
 * @param accents whether accents are removed, after canonical decomposition
 * @param lowerCase whether letters become lower case
 */
record BertText(boolean clean, boolean chinese, boolean accents, boolean lowerCase)
    implements Normalizer {
  private static final Normalizer CLEANED = BertText::cleaned;
  private static final Normalizer SPACED = BertText::spaced;

  /**
   * Returns the normalization of BERT's own models; that of the uncased ones also removes accents.
   */
  static BertText of(boolean lowerCase) {
    return new BertText(true, true, lowerCase, lowerCase);
  }

  @Override
  public void rewrite(String text, Output out) {
    all().rewrite(text, out);
  }

  @Override
  public String normalize(String text) {
    return all().normalize(text);
  }

  private Normalizer all() {
    List<Normalizer> steps = new ArrayList<>();
    if (clean) {
      steps.add(CLEANED);
    }
    if (chinese) {
      steps.add(SPACED);
    }
    if (accents) {
      steps.add(Normalizer.nfd());
      steps.add(Normalizer.withoutAccents());
    }
    if (lowerCase) {
      steps.add(Normalizer.lowerCase());
    }
    return steps.stream()
        .reduce(Normalizer::then)
        .orElse((text, out) -> out.put(text, 0, text.length()));
  }

  private static void cleaned(String text, Output out) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      String kept = WhiteSpace.is(c) ? " " : Character.toString(c);
      out.put(isControl(c) ? "" : kept, i, end);
      i = end;
    }
  }

  private static void spaced(String text, Output out) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      String s = Character.toString(c);
      out.put(isChinese(c) ? " " + s + " " : s, i, end);
      i = end;
    }
  }

  static boolean isControl(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> c == 0xFFFD;
    };
  }

  /** Returns whether a character is in one of the blocks of Chinese characters. */
  static boolean isChinese(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F)
        || (c >= 0x2B740 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }
}
