package dev.unroll.site;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks comments, strings, numbers, keywords and annotations of code by classes of CSS. */
final class Highlighter {
  private static final String JVM =
      """
      (?<comment>(?s:/\\*.*?\\*/)|//[^\\n]*)\
      |(?<string>(?s:\"""(?:\\\\.|[^\\\\])*?\""")|"(?:\\\\.|[^"\\\\\\n])*"|'(?:\\\\.|[^'\\\\\\n])')\
      |(?<annotation>@[\\p{L}_][\\p{L}\\p{N}_.]*)\
      |(?<number>\\b(?:0[xX][0-9a-fA-F_]+|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)[fFdDlL]?\\b)\
      |(?<keyword>\\b(?:%s)\\b)\
      |(?<type>\\b\\p{Lu}[\\p{L}\\p{N}_]*\\b)\
      """;

  private static final Pattern JAVA =
      Pattern.compile(
          JVM.formatted(
              "abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double"
                  + "|else|enum|exports|extends|false|final|finally|float|for|if|implements|import"
                  + "|instanceof|int|interface|long|module|native|new|non-sealed|null|opens|package"
                  + "|permits|private|protected|provides|public|record|requires|return|sealed|short"
                  + "|static|super|switch|synchronized|this|throw|throws|to|transient|transitive"
                  + "|true|try|uses|var|void|volatile|when|while|with|yield"));

  private static final Pattern KOTLIN =
      Pattern.compile(
          JVM.formatted(
              "as|break|by|class|companion|continue|data|do|else|false|for|fun|if|import|in"
                  + "|interface|is|null|object|override|package|private|return|this|throw|true|try"
                  + "|val|var|when|while"));

  private static final Pattern XML =
      Pattern.compile(
          "(?<comment>(?s:<!--.*?-->))|(?<string>\"[^\"]*\")|(?<keyword></?[\\w.:-]+|/?>)"
              + "|(?<annotation>\\b[\\w:-]+(?==\"))|(?<number>(?!))|(?<type>(?!))");

  /** Commands in what a terminal shows; nothing else of it has a grammar. */
  private static final Pattern TERMINAL =
      Pattern.compile(
          "(?m)^(?<keyword>(?:\\$ )?(?:\\S*/unroll|mvn|java|docker|jlink|curl|git|mkdir|cd)(?= |$)"
              + "[^\\n]*)|(?<comment>(?<= |^)# [^\\n]*)|(?<string>(?!))|(?<annotation>(?!))"
              + "|(?<number>(?!))|(?<type>(?!))");

  private static final Map<String, Pattern> LANGUAGES =
      Map.of("java", JAVA, "kotlin", KOTLIN, "kts", KOTLIN, "xml", XML);

  private static final String[] CLASSES = {
    "comment", "string", "annotation", "number", "keyword", "type"
  };

  private Highlighter() {}

  /**
   * Returns a block of code as HTML.
   *
   * @param language the language as a fence names it, or empty
   * @param code the code
   */
  static String html(String language, String code) {
    StringBuilder html = new StringBuilder("<pre tabindex=\"0\"><code>");
    Matcher m = LANGUAGES.getOrDefault(language, TERMINAL).matcher(code);
    int end = 0;
    while (m.find()) {
      html.append(Texts.html(code.substring(end, m.start())));
      html.append("<span class=\"").append(classOf(m)).append("\">");
      html.append(Texts.html(m.group())).append("</span>");
      end = m.end();
    }
    return html.append(Texts.html(code.substring(end))).append("</code></pre>").toString();
  }

  private static String classOf(Matcher m) {
    for (String name : CLASSES) {
      if (m.group(name) != null) {
        return name;
      }
    }
    throw new IllegalStateException("no group matched " + m.group());
  }
}
