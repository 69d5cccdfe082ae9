package dev.unroll.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/**
 * A Markdown page.
 *
 * @param source its path in the repository, such as docs/guide.ko/lstm.md
 * @param title its first heading
 * @param markdown its text
 */
record Page(String source, String title, String markdown) {
  static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  /** A folder of translations is named like that of the originals, with the language at the end. */
  private static final Pattern TRANSLATION = Pattern.compile("(.*)\\.([a-z]{2})/([^/]*)");

  /** Reads a page, which begins with a heading. */
  static Page read(Path root, String source) throws IOException {
    return of(source, Files.readString(root.resolve(source)));
  }

  /** Returns the page of a text. */
  static Page of(String source, String markdown) {
    if (!(PARSER.parse(markdown).getFirstChild() instanceof Heading heading)) {
      throw new IllegalArgumentException(
          "[" + source + "] expected a heading at the beginning, got none");
    }
    return new Page(source, Texts.of(heading), markdown);
  }

  /** Returns a new tree of the page, which the caller may change. */
  Node parse() {
    return PARSER.parse(markdown);
  }

  /** Returns the path of the HTML page in the site. */
  String target() {
    return target(source);
  }

  /** Returns the path in the site of a file of the repository. */
  static String target(String source) {
    if (source.equals("LICENSE")) {
      return "LICENSE.txt";
    }
    return source.replaceFirst("(^|/)README\\.md$", "$1index.html").replaceFirst("\\.md$", ".html");
  }

  /** Returns the language, such as en. */
  String language() {
    Matcher m = TRANSLATION.matcher(source);
    return m.matches() ? m.group(2) : "en";
  }

  /** Returns the source of the same page in a language, which need not exist. */
  String in(String language) {
    Matcher m = TRANSLATION.matcher(source);
    String original = m.matches() ? m.group(1) + "/" + m.group(3) : source;
    int slash = original.lastIndexOf('/');
    return language.equals("en") || slash < 0
        ? original
        : original.substring(0, slash) + "." + language + original.substring(slash);
  }

  /** Returns the relative link from this page to a path of the site. */
  String linkTo(String target) {
    return root() + target;
  }

  /** Returns the relative path of the site's root: empty, or ../ for each folder. */
  String root() {
    return "../".repeat((int) source.chars().filter(c -> c == '/').count());
  }
}
