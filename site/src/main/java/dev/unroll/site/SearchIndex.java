package dev.unroll.site;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/**
 * The texts that the search of the site looks through, as a script: pages opened as files can read
 * it too.
 */
final class SearchIndex {
  /**
   * A section of a page, or a type of the reference.
   *
   * @param url its path in the site with its anchor
   * @param language its language
   * @param page the title of its page
   * @param heading its heading
   * @param text its text
   */
  record Entry(String url, String language, String page, String heading, String text) {}

  private SearchIndex() {}

  /** Returns the sections of a page. */
  static List<Entry> sections(Page page, Node document) {
    List<Entry> entries = new ArrayList<>();
    Article.Anchors anchors = new Article.Anchors();
    String heading = page.title();
    String url = page.target();
    StringBuilder text = new StringBuilder();
    for (Node n = document.getFirstChild(); n != null; n = n.getNext()) {
      if (n instanceof Heading h) {
        if (h.getPrevious() != null) {
          entries.add(new Entry(url, page.language(), page.title(), heading, squeeze(text)));
        }
        heading = Texts.of(h);
        String anchor = anchors.of(heading);
        url = h.getLevel() == 1 ? page.target() : page.target() + "#" + anchor;
        text.setLength(0);
      } else {
        append(n, text);
      }
    }
    entries.add(new Entry(url, page.language(), page.title(), heading, squeeze(text)));
    return entries;
  }

  private static void append(Node node, StringBuilder text) {
    switch (node) {
      case FencedCodeBlock code -> text.append(code.getLiteral());
      case IndentedCodeBlock code -> text.append(code.getLiteral());
      case Paragraph p -> text.append(Texts.of(p));
      case TableRow row -> {
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
          text.append(Texts.of(cell)).append(' ');
        }
      }
      default -> {
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
          append(child, text);
        }
      }
    }
    if (node instanceof Block) {
      text.append(' ');
    }
  }

  private static String squeeze(CharSequence text) {
    return text.toString().replaceAll("\\s+", " ").strip();
  }

  /** Returns the script that defines the index. */
  static String script(List<Entry> entries) {
    return entries.stream()
        .map(e ->
            List.of(e.url(), e.language(), e.page(), e.heading(), e.text()).stream()
                .map(SearchIndex::literal)
                .collect(Collectors.joining(",", "[", "]")))
        .collect(Collectors.joining(",\n", "const searchIndex = [\n", "\n];\n"));
  }

  /** Returns a string literal of JavaScript. */
  private static String literal(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replaceAll("\\p{Cntrl}", " ")
            .replace("</", "<\\/")
        + '"';
  }
}
