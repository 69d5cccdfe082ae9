package dev.unroll.text;

import dev.unroll.text.unicode.Segments;
import java.text.Normalizer.Form;

/** One of Unicode's normalization forms, by the JDK, segment by segment. */
record UnicodeForm(Form form) implements Normalizer {
  @Override
  public void rewrite(String text, Output out) {
    boolean normalized = java.text.Normalizer.isNormalized(text, form);
    for (int i = 0; i < text.length(); ) {
      int end = normalized ? i + 1 : Segments.end(text, i);
      String part = text.substring(i, end);
      boolean same = normalized || (end == i + 1 && text.charAt(i) < 0x80);
      out.put(same ? part : java.text.Normalizer.normalize(part, form), i, end);
      i = end;
    }
  }

  @Override
  public String normalize(String text) {
    return java.text.Normalizer.normalize(text, form);
  }
}
