package dev.unroll.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HighlighterTest {
  private static String span(String name, String text) {
    return "<span class=\"" + name + "\">" + text + "</span>";
  }

  @Test
  void javaIsMarked() {
    assertThat(Highlighter.html("java", "@Override int f(Cell c) { return 0x1F; } // new"))
        .contains(
            span("annotation", "@Override"),
            span("keyword", "int"),
            span("type", "Cell"),
            span("keyword", "return"),
            span("number", "0x1F"),
            span("comment", "// new"));
  }

  @Test
  void commentsInStringsAreStrings() {
    assertThat(Highlighter.html("java", "f(\"a // b\", '\"', 1e-3f);"))
        .contains(
            span("string", "&quot;a // b&quot;"),
            span("string", "'&quot;'"),
            span("number", "1e-3f"));
    assertThat(Highlighter.html("java", "var s = \"\"\"\n  \"int\" // a\n  \"\"\"; int i;"))
        .contains("// a\n  &quot;&quot;&quot;</span>", span("keyword", "int"));
  }

  @Test
  void xmlIsMarked() {
    assertThat(Highlighter.html("xml", "<a b=\"c\"><!-- d --></a>"))
        .contains(
            span("keyword", "&lt;a"), span("annotation", "b"), span("comment", "&lt;!-- d --&gt;"));
  }

  @Test
  void unknownLanguagesAreTerminals() {
    assertThat(Highlighter.html("text", "./unroll train\nint i"))
        .contains(span("keyword", "./unroll train"), "\nint i");
  }

  @Test
  void codeThatEndsInTheMiddleIsShownAsItIs() {
    assertThat(Highlighter.html("java", "\"open")).contains("&quot;open");
    assertThat(Highlighter.html("java", "/* open")).contains("/* open");
    assertThat(Highlighter.html("java", "")).isEqualTo("<pre tabindex=\"0\"><code></code></pre>");
  }
}
