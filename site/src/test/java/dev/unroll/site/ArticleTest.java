package dev.unroll.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArticleTest {
  private static Article article(String source, String markdown) {
    return Article.of(Page.of(source, markdown), Reference.none());
  }

  @ParameterizedTest
  @CsvSource({
    "A cell of your own, a-cell-of-your-own",
    "`Trainer.clip`: how?, trainerclip-how",
    "Zen 5 - a slower hour, zen-5---a-slower-hour",
    "잘라낸 것 (BPTT), 잘라낸-것-bptt",
    "snake_case, snake_case"
  })
  void anchorsAreThoseOfForges(String heading, String anchor) {
    assertThat(article("docs/x.md", "# X\n\n## " + heading).headings().getFirst().anchor())
        .isEqualTo(anchor);
  }

  @Test
  void aSecondHeadingOfTheSameNameHasAnAnchorOfItsOwn() {
    Article article = article("docs/x.md", "# X\n\n## Run\n\na\n\n## Run\n\nb");
    assertThat(article.headings())
        .extracting(Article.Section::anchor)
        .containsExactly("run", "run-1");
    assertThat(article.html()).contains("<h2 id=\"run\">", "<h2 id=\"run-1\">");
    assertThat(article.entries())
        .extracting(SearchIndex.Entry::url)
        .containsExactly("docs/x.html", "docs/x.html#run", "docs/x.html#run-1");
  }

  @ParameterizedTest
  @CsvSource({
    "README.md, docs/cells.md, docs/cells.html",
    "docs/guide/cell.md, ../cells.md#built-in, ../../docs/cells.html#built-in",
    "docs/guide/cell.md, README.md, ../../docs/guide/index.html",
    "docs/guide/cell.md, ../../README.md, ../../index.html",
    "README.md, docs/guide, docs/guide/index.html",
    "README.md, docs/guide/, docs/guide/index.html",
    "docs/a.md, ../LICENSE, ../LICENSE.txt",
    "docs/a.md, pictures/a.svg, ../docs/pictures/a.svg",
    "docs/a.md, #here, #here",
    "docs/a.md, https://example.org/a.md, https://example.org/a.md",
    "docs/a.md, mailto:a@example.org, mailto:a@example.org"
  })
  void linksBetweenMarkdownPagesAreLinksOfTheSite(String page, String from, String to) {
    assertThat(Links.inSite(Page.of(page, "# X"), from)).isEqualTo(to);
  }

  @Test
  void tablesAndCodeHaveAFrameThatScrolls() {
    assertThat(
            article("docs/x.md", "# X\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n    ./unroll train\n")
                .html())
        .contains("<div class=\"table\" tabindex=\"0\">")
        .contains("<pre tabindex=\"0\"><code><span class=\"keyword\">./unroll train</span>");
  }

  @Test
  void codeThatNamesATypeLinksToItsReference() {
    Reference reference =
        new Reference(Path.of("apidocs"), Map.of("Trainer", "m/dev/unroll/training/Trainer.html"));
    String html =
        Article.of(
                Page.of("docs/x.md", "# X\n\n`Trainer.clip(1)` `Trainers` [`Trainer`](y.md)"),
                reference)
            .html();
    assertThat(html)
        .contains(
            "<a href=\"../javadoc/m/dev/unroll/training/Trainer.html\"><code>Trainer.clip(1)</code></a>")
        .contains(" <code>Trainers</code> ")
        .contains("<a href=\"../docs/y.html\"><code>Trainer</code></a>");
  }

  @Test
  void textIsEscaped() {
    assertThat(article("docs/x.md", "# X\n\n```java\nList<String> a = \"<b>\"; // &\n```").html())
        .contains("&lt;")
        .contains("<span class=\"string\">&quot;&lt;b&gt;&quot;</span>")
        .contains("<span class=\"comment\">// &amp;</span>");
  }

  @Test
  void aPageWithoutAHeadingIsRefused() {
    assertThatThrownBy(() -> Page.of("docs/x.md", "text"))
        .hasMessage("[docs/x.md] expected a heading at the beginning, got none");
    assertThatThrownBy(() -> Page.of("docs/x.md", "")).hasMessageContaining("got none");
  }

  @Test
  void languagesAreThoseOfTheFolder() {
    Page korean = Page.of("docs/guide.ko/lstm.md", "# X");
    Page english = Page.of("docs/guide/lstm.md", "# X");
    assertThat(korean.language()).isEqualTo("ko");
    assertThat(korean.in("en")).isEqualTo(english.source());
    assertThat(english.in("ko")).isEqualTo(korean.source());
    assertThat(Page.of("README.md", "# X").language()).isEqualTo("en");
  }
}
