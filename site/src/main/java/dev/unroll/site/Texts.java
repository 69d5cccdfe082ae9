package dev.unroll.site;

import java.util.Locale;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** Plain text of Markdown, anchors, and text as HTML. */
final class Texts {
  private Texts() {}

  /** Returns the text in a node, without markup. */
  static String of(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text t) {
            text.append(t.getLiteral());
          }

          @Override
          public void visit(Code c) {
            text.append(c.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak b) {
            text.append(' ');
          }

          @Override
          public void visit(HardLineBreak b) {
            text.append(' ');
          }
        });
    return text.toString();
  }

  /** Returns the anchor that forges give a heading, so that a link to it works there and here. */
  static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}_\\- ]", "")
        .replace(' ', '-');
  }

  /** Returns a text for HTML, in elements and attributes. */
  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
