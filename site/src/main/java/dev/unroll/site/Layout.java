package dev.unroll.site;

import static dev.unroll.site.Texts.html;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What surrounds the content of a page: header, navigation, contents, neighbours. */
final class Layout {
  private static final String TEMPLATE =
      """
      <!DOCTYPE html>
      <html lang="${language}" data-root="${root}">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>${title}</title>
      <link rel="icon" href="${root}icon.svg">
      <link rel="stylesheet" href="${root}site.css">
      ${alternates}<script src="${root}site.js" defer></script>
      </head>
      <body>
      <a class="skip" href="#content">${skip}</a>
      <header>
      <a class="name" href="${root}index.html"><img src="${root}icon.svg" alt="">Unroll</a>
      <form role="search" hidden>
      <input type="search" placeholder="${search}" aria-label="${search}" autocomplete="off">
      <div class="results" aria-live="polite" data-none="${none}" hidden></div>
      </form>
      <nav class="links">${links}</nav>
      </header>
      <div class="frame">
      <details class="menu"><summary>${pages}</summary></details>
      <nav class="pages" aria-label="${pages}">
      ${navigation}</nav>
      <main id="content">
      ${content}
      ${neighbours}</main>
      ${contents}</div>
      </body>
      </html>
      """;

  private static final Map<String, Map<String, String>> WORDS =
      Map.of(
          "en",
          Map.of(
              "skip", "Skip to the content",
              "search", "Search",
              "none", "Nothing found",
              "pages", "All pages",
              "contents", "On this page",
              "reference", "API",
              "name", "English"),
          "ko",
          Map.of(
              "skip", "본문으로 건너뛰기",
              "search", "검색",
              "none", "검색 결과 없음",
              "pages", "전체 문서",
              "contents", "목차",
              "reference", "API",
              "name", "한국어"));

  private final Site site;
  private final Map<String, Page> bySource = new HashMap<>();

  Layout(Site site) {
    this.site = site;
    site.pages().forEach(p -> bySource.put(p.source(), p));
  }

  /** Returns the HTML of a page. */
  String render(Page page, Article article) {
    Map<String, String> words = words(page.language());
    Map<String, String> values = new HashMap<>(words);
    values.put("language", page.language());
    values.put("root", page.root());
    values.put(
        "title", html(page.title().equals("Unroll") ? "Unroll" : page.title() + " · Unroll"));
    values.put("alternates", alternates(page));
    values.put("links", links(page, words));
    values.put("navigation", navigation(page));
    values.put("content", article.html());
    values.put("neighbours", neighbours(page));
    values.put("contents", contents(article, words));
    StringBuilder html = new StringBuilder();
    int end = 0;
    for (int i = TEMPLATE.indexOf("${"); i >= 0; i = TEMPLATE.indexOf("${", end)) {
      int close = TEMPLATE.indexOf('}', i);
      html.append(TEMPLATE, end, i).append(values.get(TEMPLATE.substring(i + 2, close)));
      end = close + 1;
    }
    return html.append(TEMPLATE.substring(end)).toString();
  }

  private static Map<String, String> words(String language) {
    Map<String, String> words = WORDS.get(language);
    if (words == null) {
      throw new IllegalArgumentException(
          "[site] expected a language of " + WORDS.keySet() + ", got " + language);
    }
    return words;
  }

  /** Returns the page in a language, or null. */
  private @Nullable Page translation(Page page, String language) {
    Page other = bySource.get(page.in(language));
    return other != null && other.language().equals(language) ? other : null;
  }

  private List<String> others(Page page) {
    return WORDS.keySet().stream().filter(l -> !l.equals(page.language())).sorted().toList();
  }

  private String alternates(Page page) {
    StringBuilder html = new StringBuilder();
    for (String language : others(page)) {
      Page other = translation(page, language);
      if (other != null) {
        html.append(
            "<link rel=\"alternate\" hreflang=\"%s\" href=\"%s\">\n"
                .formatted(language, page.linkTo(other.target())));
      }
    }
    return html.toString();
  }

  private String links(Page page, Map<String, String> words) {
    StringBuilder html = new StringBuilder();
    if (site.reference().exists()) {
      html.append(
          "<a href=\"%s\">%s</a>"
              .formatted(page.linkTo(Reference.FOLDER + "/index.html"), words.get("reference")));
    }
    for (String language : others(page)) {
      Page other = translation(page, language);
      if (other != null) {
        html.append(
            "<a href=\"%s\" lang=\"%s\" hreflang=\"%s\">%s</a>"
                .formatted(
                    page.linkTo(other.target()), language, language, words(language).get("name")));
      }
    }
    return html.toString();
  }

  private String navigation(Page page) {
    StringBuilder html = new StringBuilder();
    for (Navigation.Group group : site.navigation().groups()) {
      html.append("<h2>").append(html(group.title())).append("</h2>\n<ul>\n");
      for (String source : group.sources()) {
        Page item = inLanguageOf(page, source);
        html.append(
            "<li><a href=\"%s\"%s>%s</a></li>\n"
                .formatted(
                    page.linkTo(item.target()),
                    item.equals(page) ? " aria-current=\"page\"" : "",
                    html(item.title())));
      }
      html.append("</ul>\n");
    }
    return html.toString();
  }

  private Page inLanguageOf(Page page, String source) {
    Page item = bySource.get(source);
    if (item == null) {
      throw new IllegalStateException("[site] no page " + source);
    }
    Page translated = translation(item, page.language());
    return translated == null ? item : translated;
  }

  private String neighbours(Page page) {
    List<String> order = site.navigation().sources();
    int at = order.indexOf(page.in("en"));
    if (at < 0) {
      return "";
    }
    StringBuilder html = new StringBuilder("<nav class=\"neighbours\">");
    if (at > 0) {
      html.append(neighbour(page, order.get(at - 1), "prev", "← %s"));
    }
    if (at + 1 < order.size()) {
      html.append(neighbour(page, order.get(at + 1), "next", "%s →"));
    }
    return html.append("</nav>\n").toString();
  }

  private String neighbour(Page page, String source, String rel, String text) {
    Page other = inLanguageOf(page, source);
    return "<a rel=\"%s\" href=\"%s\">%s</a>"
        .formatted(rel, page.linkTo(other.target()), html(text.formatted(other.title())));
  }

  private static String contents(Article article, Map<String, String> words) {
    List<Article.Section> shown = article.headings().stream().filter(h -> h.level() <= 3).toList();
    if (shown.size() < 2) {
      return "";
    }
    StringBuilder html = new StringBuilder("<nav class=\"contents\"><h2>");
    html.append(words.get("contents")).append("</h2>\n<ul>\n");
    for (Article.Section h : shown) {
      html.append(
          "<li class=\"level%d\"><a href=\"#%s\">%s</a></li>\n"
              .formatted(h.level(), h.anchor(), html(h.text())));
    }
    return html.append("</ul></nav>\n").toString();
  }
}
