package dev.unroll.examples.picture;

import dev.unroll.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A page that needs nothing else: rows of a label and what belongs to it, one below the other. */
public final class Page {
  private final String title;
  private final StringBuilder rows = new StringBuilder();

  /** Begins a page. */
  public Page(String title) {
    this.title = title;
  }

  /**
   * Adds a row.
   *
   * @param label as a text
   * @param content as HTML
   */
  public void row(String label, String content) {
    rows.append("<tr><th>")
        .append(escape(label))
        .append("</th><td>")
        .append(content)
        .append("</td></tr>\n");
  }

  /** Returns a text as HTML or SVG has it. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** Writes the page; its folder is made if there is none. */
  public void write(Path path) throws IOException {
    save(
        path,
        """
        <!DOCTYPE html>
        <html><head><meta charset="utf-8"><title>%1$s</title><style>
        body { font: 17px/1.7 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
        h1 { font-size: 1.2em }
        th { text-align: right; vertical-align: top; padding-right: 1em; color: #666 }
        span { border-radius: 2px }
        </style></head><body><h1>%1$s</h1><table>
        %2$s</table></body></html>
        """
            .formatted(escape(title), rows));
  }

  /** Writes a text; its folder is made if there is none. */
  public static void save(Path path, String text) throws IOException {
    Output.file(path);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, to -> to.write(bytes));
  }
}
