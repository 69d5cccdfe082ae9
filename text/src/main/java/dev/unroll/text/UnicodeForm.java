package dev.unroll.text;

import java.text.Normalizer.Form;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of Unicode's normalization forms, by the JDK. Grapheme clusters do not touch each other in
 * any of them, so that each is brought into the form by itself.
 */
record UnicodeForm(Form form) implements Normalizer {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  @Override
  public void rewrite(String text, Output out) {
    if (java.text.Normalizer.isNormalized(text, form)) {
      for (int i = 0; i < text.length(); i++) {
        out.put(text.substring(i, i + 1), i, i + 1);
      }
      return;
    }
    Matcher cluster = CLUSTER.matcher(text);
    while (cluster.find()) {
      out.put(
          java.text.Normalizer.normalize(cluster.group(), form), cluster.start(), cluster.end());
    }
  }

  @Override
  public String normalize(String text) {
    return java.text.Normalizer.normalize(text, form);
  }
}
