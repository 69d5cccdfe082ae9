package dev.unroll.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of this repository. */
class SiteTest {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir private static Path folder;
  private static Site site;

  @BeforeAll
  static void write() throws Exception {
    site = Site.of(ROOT, Reference.none());
    site.write(folder);
  }

  private static String read(String page) throws Exception {
    return Files.readString(folder.resolve(page));
  }

  @Test
  void everyLinkAndAnchorExists() throws Exception {
    assertThat(site.pages()).hasSizeGreaterThan(40);
    assertThat(DeadLinks.in(folder)).isEmpty();
  }

  @Test
  void linksOfMarkdownLeadToFilesOfTheRepository() {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    List<String> dead = new ArrayList<>();
    for (Page page : site.pages()) {
      for (Matcher m = link.matcher(page.markdown()); m.find(); ) {
        Path target = ROOT.resolve(page.source()).resolveSibling(m.group(1));
        if (!Files.exists(target)) {
          dead.add(page.source() + ": " + m.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void translationsLinkToOneAnother() throws Exception {
    assertThat(read("docs/guide/lstm.html"))
        .contains("<a href=\"../../docs/guide.ko/lstm.html\" lang=\"ko\" hreflang=\"ko\">한국어</a>");
    assertThat(read("docs/guide.ko/lstm.html"))
        .contains("<html lang=\"ko\"")
        .contains("<a href=\"../../docs/guide/lstm.html\" lang=\"en\" hreflang=\"en\">English</a>")
        .contains("<a href=\"../../docs/guide.ko/cell.html\">"); // the navigation stays in Korean
    assertThat(read("docs/cells.html")).doesNotContain("hreflang");
    assertThat(read("index.html")).doesNotContain("hreflang");
  }

  @Test
  void theIndexHasSectionsInBothLanguages() throws Exception {
    assertThat(read("search-index.js"))
        .startsWith("const searchIndex = [\n[\"")
        .contains("\"index.html#install\",\"en\",\"Unroll\",\"Install\",\"A JDK 25")
        .contains("\"docs/guide.ko/lstm.html\",\"ko\"");
  }

  @Test
  void nothingIsLoadedFromOtherHosts() throws Exception {
    for (Page page : site.pages()) {
      assertThat(read(page.target()))
          .as(page.target())
          .doesNotContainPattern(
              "<(?:script|img|link|iframe)\\b[^>]*(?:src|href)=\"(?:https?:)?//");
    }
    assertThat(read("site.css")).doesNotContain("url(", "@import");
  }
}
