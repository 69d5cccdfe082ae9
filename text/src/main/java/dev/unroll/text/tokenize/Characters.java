package dev.unroll.text.tokenize;

import dev.unroll.text.Token;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits text into user-perceived characters, such as a letter with its accents, a Hangul syllable
 * or an emoji (the grapheme clusters of Unicode Standard Annex 29, as implemented by the JDK).
 * Joining restores the text.
 *
 * {@snippet class="snippets.TokenizeTest" region="Characters"}
 */
public final class Characters implements Tokenizer {
  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final String[] ASCII = new String[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = String.valueOf((char) c).intern();
    }
  }

  /** Creates a tokenizer. */
  public Characters() {}

  @Override
  public void tokenize(String text, Consumer<Token> tokens) {
    int i = 0;
    while (i < text.length()) {
      int end = simpleRun(text, i);
      for (; i < end; i++) {
        tokens.accept(new Token(ASCII[text.charAt(i)], i, i + 1));
      }
      if (i < text.length()) {
        i = clusters(text, i, tokens);
      }
    }
  }

  /**
   * Returns the end of the run of ASCII characters that are certainly clusters of their own: all
   * except the last one before another character, which may extend it, and carriage returns, which
   * form a cluster with a line feed.
   */
  private static int simpleRun(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) < 128 && text.charAt(i) != '\r') {
      i++;
    }
    return i == text.length() ? i : Math.max(from, i - 1);
  }

  /** Passes on the clusters up to the next two consecutive ASCII characters; returns the end. */
  private static int clusters(String text, int from, Consumer<Token> tokens) {
    int end = from + 1;
    while (end < text.length() && !(plain(text, end - 1) && plain(text, end))) {
      end++;
    }
    String part = text.substring(from, end);
    Matcher cluster = CLUSTER.matcher(part);
    while (cluster.find()) {
      tokens.accept(new Token(cluster.group(), from + cluster.start(), from + cluster.end()));
    }
    return end;
  }

  private static boolean plain(String text, int i) {
    char c = text.charAt(i);
    return c < 128 && c != '\r' && c != '\n';
  }

  @Override
  public String join(List<String> tokens) {
    return String.join("", tokens);
  }

  @Override
  public String toString() {
    return "Characters";
  }
}
