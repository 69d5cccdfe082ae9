package dev.unroll.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A page as HTML, and what navigation and search need of it.
 *
 * @param html the content
 * @param headings the headings below the title
 * @param entries the sections, for the search
 */
record Article(String html, List<Section> headings, List<SearchIndex.Entry> entries) {
  /**
   * A heading below the title.
   *
   * @param level 2 to 6
   * @param text its text
   * @param anchor its id
   */
  record Section(int level, String text, String anchor) {}

  /** Renders a page. */
  static Article of(Page page, Reference reference) {
    Node document = page.parse();
    List<SearchIndex.Entry> entries = SearchIndex.sections(page, document);
    Changes changes = new Changes(page, reference);
    document.accept(changes);
    String html =
        HtmlRenderer.builder()
            .extensions(Page.EXTENSIONS)
            .attributeProviderFactory(context ->
                (node, tag, attributes) -> {
                  String anchor = changes.anchors.get(node);
                  if (anchor != null) {
                    attributes.put("id", anchor);
                  }
                  if (node instanceof TableBlock table) {
                    attributes.put("class", columns(table));
                  }
                })
            .build()
            .render(document);
    return new Article(html, List.copyOf(changes.headings), entries);
  }

  /** Returns the class of a table, which gives it a least width: many columns scroll on a phone. */
  private static String columns(TableBlock table) {
    int columns = 0;
    Node row = table.getFirstChild().getFirstChild();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      columns++;
    }
    return "columns-" + (columns > 3 ? "many" : columns);
  }

  /** Links for the site, anchors, highlighted code, tables that scroll by themselves. */
  private static final class Changes extends AbstractVisitor {
    private final Page page;
    private final Reference reference;
    private final Map<Node, String> anchors = new HashMap<>();
    private final List<Section> headings = new ArrayList<>();
    private final Anchors unique = new Anchors();

    Changes(Page page, Reference reference) {
      this.page = page;
      this.reference = reference;
    }

    @Override
    public void visit(Heading heading) {
      String text = Texts.of(heading);
      String anchor = unique.of(text);
      visitChildren(heading);
      anchors.put(heading, anchor);
      if (heading.getLevel() > 1) {
        headings.add(new Section(heading.getLevel(), text, anchor));
        HtmlInline link = new HtmlInline();
        String label = page.language().equals("ko") ? "이 절의 링크" : "Link to this section";
        link.setLiteral(
            "<a class=\"anchor\" href=\"#%s\" aria-label=\"%s\">#</a>".formatted(anchor, label));
        heading.appendChild(link);
      }
    }

    @Override
    public void visit(Link link) {
      link.setDestination(Links.inSite(page, link.getDestination()));
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      image.setDestination(Links.inSite(page, image.getDestination()));
      visitChildren(image);
    }

    @Override
    public void visit(Code code) {
      String url = code.getParent() instanceof Link ? null : reference.url(code.getLiteral());
      if (url != null) {
        Link link = new Link(page.linkTo(url), null);
        code.insertBefore(link);
        link.appendChild(code);
      }
    }

    @Override
    public void visit(FencedCodeBlock block) {
      replace(block, Highlighter.html(block.getInfo(), block.getLiteral()));
    }

    @Override
    public void visit(IndentedCodeBlock block) {
      replace(block, Highlighter.html("", block.getLiteral()));
    }

    private static void replace(Block block, String html) {
      HtmlBlock replacement = new HtmlBlock();
      replacement.setLiteral(html);
      block.insertAfter(replacement);
      block.unlink();
    }

    @Override
    public void visit(CustomBlock block) {
      visitChildren(block);
      if (block instanceof TableBlock) {
        HtmlBlock open = new HtmlBlock();
        open.setLiteral("<div class=\"table\" tabindex=\"0\">");
        block.insertBefore(open);
        HtmlBlock close = new HtmlBlock();
        close.setLiteral("</div>");
        block.insertAfter(close);
      }
    }

    @Override
    public void visit(Text text) {}
  }

  /** Anchors of one page: the second of a name ends in -1. */
  static final class Anchors {
    private final Set<String> used = new HashSet<>();

    String of(String heading) {
      String anchor = Texts.anchor(heading);
      String unique = anchor;
      for (int n = 1; !used.add(unique); n++) {
        unique = anchor + "-" + n;
      }
      return unique;
    }
  }
}
