package dev.unroll.examples.picture;

import dev.unroll.files.AtomicFile;
import dev.unroll.files.OutputPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A self-contained HTML page of labeled rows. */
public final class Page {
  private final String title;
  private final StringBuilder rows = new StringBuilder();

  /** Creates a page. */
  public Page(String title) {
    this.title = title;
  }

  /**
   * Adds a row.
   *
   * @param label plain text
   * @param content HTML
   */
  public void row(String label, String content) {
    rows.append("<tr><th>")
        .append(escape(label))
        .append("</th><td>")
        .append(content)
        .append("</td></tr>\n");
  }

  /** Escapes text for HTML or SVG. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** Writes the page, and creates its folder if necessary. */
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

  /** Writes a text, and creates its folder if necessary. */
  static void save(Path path, String text) throws IOException {
    OutputPaths.file(path);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, to -> to.write(bytes));
  }
}
