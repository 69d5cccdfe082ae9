package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.text.read.Document;
import dev.unroll.text.read.Documents;
import dev.unroll.text.read.JsonLines;
import dev.unroll.text.read.Row;
import dev.unroll.text.read.Tables;
import dev.unroll.text.read.Texts;
import dev.unroll.text.read.Utf8;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of {@code dev.unroll.text.read}. */
class ReadTest {
  @TempDir private Path folder;

  private final List<String> texts = new ArrayList<>();

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void documents() throws IOException {
    file("reviews/neg/7.txt", "dull");
    file("reviews/pos/1.txt", "fine");
    Path reviews = folder.resolve("reviews");
    // @start region="Documents"
    try (Stream<Document> documents = Documents.folders(reviews)) {
      documents.forEach(d -> texts.add(d.label() + ": " + d.text()));
    }
    // @end
    assertThat(texts).containsExactly("neg: dull", "pos: fine");
  }

  @Test
  void jsonLines() throws IOException {
    Path file = file("news.jsonl", "{\"title\": \"Rain\", \"topics\": [\"weather\"]}\n");
    // @start region="JsonLines"
    try (Stream<Map<String, Object>> objects = JsonLines.read(file)) {
      objects.forEach(o -> texts.add((String) o.get("title")));
    }
    // @end
    assertThat(texts).containsExactly("Rain");
  }

  @Test
  void tables() throws IOException {
    Path file = file("reviews.csv", "text,label\n\"dull, long\",0\n");
    // @start region="Tables"
    try (Stream<Row> rows = Tables.commas().named().read(file)) {
      rows.forEach(r -> texts.add(r.field("label") + ": " + r.field("text")));
    }
    // @end
    assertThat(texts).containsExactly("0: dull, long");
  }

  @Test
  void row() throws IOException {
    Path file = file("scores.tsv", "review\tscore\nfine\t9\n");
    List<Double> scores = new ArrayList<>();
    // @start region="Row"
    try (Stream<Row> rows = Tables.tabs().named().read(file)) {
      for (Row row : rows.toList()) {
        if (row.field("review").isBlank()) {
          throw new IllegalArgumentException(row.where() + ": no review");
        }
        scores.add(Double.parseDouble(row.field("score")));
      }
    }
    // @end
    assertThat(scores).containsExactly(9.0);
  }

  @Test
  void texts() throws IOException {
    Path book = file("book.txt", "Call me Ishmael.");
    Path old = Files.write(folder.resolve("old.txt"), new byte[] {(byte) 0xE9});
    // @start region="Texts"
    String text = Texts.read(book);
    String french = Texts.read(old, Utf8.STRICT.encodedIn(Charset.forName("windows-1252")));
    // @end
    assertThat(text).isEqualTo("Call me Ishmael.");
    assertThat(french).isEqualTo("é");
  }

  @Test
  void utf8() throws IOException {
    Path file = file("lines.txt", "one\ntwo\n");
    // @start region="Utf8"
    try (Stream<String> lines = Utf8.STRICT.linesUpTo(1 << 28).lines(file)) {
      lines.forEach(texts::add);
    }
    // @end
    assertThat(texts).containsExactly("one", "two");
  }
}
