package dev.unroll.text.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.JavaProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static <T> List<T> all(Stream<T> stream) {
    try (stream) {
      return stream.toList();
    }
  }

  @Test
  void linesComeAsTheyAreAskedFor() throws IOException {
    Path file = file("a", "\uFEFF하나\n둘\r\n\n셋");
    assertThat(all(Utf8.STRICT.lines(file))).containsExactly("하나", "둘", "", "셋");
    // Its end is broken, but nobody asks for it.
    byte[] long1 = "x\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    byte[] bad = Arrays.copyOf(long1, long1.length + 1);
    bad[long1.length] = (byte) 0xC3;
    Path broken = Files.write(folder.resolve("b"), bad);
    try (Stream<String> lines = Utf8.STRICT.lines(broken)) {
      assertThat(lines.limit(1000)).hasSize(1000);
    }
    assertThatThrownBy(() -> all(Utf8.STRICT.lines(broken)))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage(broken + ": byte 400000 (0xc3) is not UTF-8");
    assertThat(all(Utf8.REPLACING.lines(broken))).hasSize(200_001).last().isEqualTo("\uFFFD");
  }

  @Test
  void charactersOnTheBordersOfBuffersAreWhole() throws IOException {
    String text = "a" + "한😀é".repeat(40_000);
    Path file = file("c", text);
    assertThat(all(Utf8.STRICT.lines(file))).containsExactly(text);
  }

  @Test
  void aFileLargerThanTheHeapIsReadInConstantMemory() throws Exception {
    Path file = folder.resolve("large.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] part = "\"some text, quoted\",1\n".repeat(5000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 600; i++) { // 63 MB
        out.write(part);
      }
    }
    String said = JavaProcess.of(CountRows.class, "-Xmx24m").output(file.toString());
    assertThat(said).contains("3000000 rows");
  }

  @Test
  void tablesAreThoseOfRfc4180() throws IOException {
    Path file = file("t.csv", "name,text\r\na,\"one, \"\"two\"\"\nthree\"\r\nb,\r\n");
    List<Row> rows = all(Tables.commas().named().read(file));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).field("text")).isEqualTo("one, \"two\"\nthree");
    assertThat(rows.get(1).field(1)).isEmpty();
    assertThat(rows.get(1).where()).isEqualTo(file + ":4");
    assertThatThrownBy(() -> rows.get(1).field("label"))
        .hasMessage(file + ":4: there is no column \"label\"; there are [name, text]");
    assertThatThrownBy(() -> rows.get(1).field(2))
        .hasMessage(file + ":4: there is no field 2, only 2");
    Path tabs = file("t.tsv", "1\t가, 나\n");
    assertThat(all(Tables.tabs().read(tabs)).getFirst().fields()).containsExactly("1", "가, 나");
    Path latin = Files.write(folder.resolve("l.csv"), new byte[] {'a', ',', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> all(Tables.commas().read(latin)))
        .hasRootCauseMessage(latin + ": byte 2 (0xe9) is not UTF-8");
    assertThat(all(Tables.commas().replacing().read(latin)).getFirst().field(1))
        .isEqualTo("\uFFFD");
  }

  @Test
  void aQuoteThatIsNeverClosedIsAnError() throws IOException {
    Path file = file("q.csv", "Q,A\nhow,fine\nwho,\"me\nwhat,that\nwhere,here");
    assertThatThrownBy(() -> all(Tables.commas().named().read(file)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file + ": Unclosed quoted field")
        .hasMessageContaining("starting at line 3");
    Path later = file("l.csv", "a,\"b\nc,d\ne,\"f\"\n");
    assertThatThrownBy(() -> all(Tables.commas().read(later)))
        .hasMessageContaining(later + ": Unexpected character after closing quote: 'f'")
        .hasMessageContaining("starting at line 1");
    assertThat(all(Tables.commas().unquoted().named().read(file)))
        .extracting(r -> r.field("A"))
        .containsExactly("fine", "\"me", "that", "here");
  }

  @Test
  void quotesMayBeCharacters() throws IOException {
    Path file = file("t.tsv", "1\t\"so\" he said\n2\t\"\n3\t5\" wide\r\n4\tx\"\n");
    assertThat(all(Tables.tabs().unquoted().read(file)))
        .extracting(r -> r.field(1))
        .containsExactly("\"so\" he said", "\"", "5\" wide", "x\"");
    Path half = file("h.tsv", "\ud800\udc00\t\"\n\"\n");
    assertThat(all(Tables.tabs().unquoted().read(half)))
        .extracting(Row::fields)
        .containsExactly(List.of("\ud800\udc00", "\""), List.of("\""));
    Path inside = file("i.tsv", "1\t5\" wide\n2\tx\"\n");
    assertThat(all(Tables.tabs().read(inside)))
        .extracting(r -> r.field(1))
        .containsExactly("5\" wide", "x\"");
  }

  @Test
  void namesAreAskedForAndNotGuessed() throws IOException {
    for (String first : new String[] {"2020-01-01,10", "x,10.5", "x,\"10,5\"", "1,2", ","}) {
      Path file = file("n.csv", first + "\n2020-01-02,11\n");
      assertThatThrownBy(() -> all(Tables.commas().named().read(file)))
          .as(first)
          .hasMessageContaining(file + ":1: expected the names of the columns, got [");
      assertThat(all(Tables.commas().read(file))).hasSize(2);
    }
    Path years = file("y.csv", "land,2019,2020\na,1,2\n");
    assertThat(all(Tables.commas().named().read(years)).getFirst().field("2020")).isEqualTo("2");
    Path twice = file("w.csv", "a,b,a\n1,2,3\n");
    assertThatThrownBy(() -> all(Tables.commas().named().read(twice)))
        .hasMessage(twice + ":1: two columns are named \"a\"");
    Path unnamed = file("u.csv", "a,,\n1,2,3\n");
    Row row = all(Tables.commas().named().read(unnamed)).getFirst();
    assertThat(row.field(2)).isEqualTo("3");
    assertThatThrownBy(() -> row.field("")).hasMessage(unnamed + ":2: two columns are named \"\"");
    Path semicolons = file("s.csv", "tag;wert\n2020-01-01;10,199\n");
    assertThat(all(Tables.semicolons().named().read(semicolons)).getFirst().field("wert"))
        .isEqualTo("10,199");
    assertThatThrownBy(() -> Tables.separatedBy('"')).hasMessageStartingWith("[tables]");
  }

  @Test
  void rowsOfATableWithNamesHaveAsManyFields() throws IOException {
    for (String row : new String[] {"1,5,2", "1", "1,2,"}) {
      Path file = file("r.csv", "a,b\n1,\"2\n3\"\n\n" + row + "\n");
      int n = row.split(",", -1).length;
      assertThatThrownBy(() -> all(Tables.commas().named().read(file)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(file + ":5: expected 2 fields, as many as there are names, got " + n);
      assertThat(all(Tables.commas().read(file))).hasSize(3);
    }
    Path wrong = file("w.csv", "Datum;Wert\n1;2\n");
    assertThatThrownBy(() -> all(Tables.commas().named().read(wrong)))
        .hasMessage(
            wrong
                + ":1: expected the names of the columns, got only \"Datum;Wert\"; the separator may"
                + " be \";\" rather than \",\"");
    Path later = file("l.csv", "a;b\n1\t2\n");
    assertThatThrownBy(() -> all(Tables.semicolons().named().read(later)))
        .hasMessage(
            later
                + ":2: expected 2 fields, as many as there are names, got 1; the separator may be"
                + " \"\\u0009\" rather than \";\"");
    Path one = file("o.csv", "text\none; two\n");
    assertThat(all(Tables.commas().named().read(one)).getFirst().field("text"))
        .isEqualTo("one; two");
  }

  @Test
  void whatIsWrongLaterIsSaidPlainly() throws IOException {
    Path latin = Files.write(folder.resolve("l"), new byte[] {'a', (byte) 0xE9, 'b'});
    Path json = file("j", "{\"a\": /* x */ 1}\n");
    Path dirs = folder.resolve("d");
    Files.createDirectories(dirs.resolve("x"));
    Files.copy(latin, dirs.resolve("x/l"));
    String said = ": byte 1 (0xe9) is not UTF-8";
    assertThatThrownBy(() -> all(Utf8.STRICT.lines(latin))).hasMessage(latin + said);
    assertThatThrownBy(() -> all(Tables.commas().read(latin))).hasMessage(latin + said);
    assertThatThrownBy(() -> all(Documents.folders(dirs))).hasMessage(dirs.resolve("x/l") + said);
    assertThatThrownBy(() -> all(JsonLines.read(json)))
        .hasMessageStartingWith(json + ":1: is not a JSON object: Unexpected character ('/'")
        .hasMessageEndingWith("comment?, at column 7");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Documents.zip(none, ""))
        .hasMessage(none + ": there is no such file or folder");
    assertThatThrownBy(() -> Documents.folders(none))
        .hasMessage(none + ": there is no such file or folder");
    assertThatThrownBy(() -> Documents.folders(latin))
        .hasMessage(latin + ": expected a folder, got a file");
  }

  @Test
  void otherEncodingsAreRead() throws IOException {
    Charset western = Charset.forName("windows-1252");
    Path file = Files.write(folder.resolve("w.csv"), "Stadt;Preis\nKöln;5 €\n".getBytes(western));
    Utf8 bytes = Utf8.STRICT.encodedIn(western);
    assertThat(all(Tables.semicolons().with(bytes).named().read(file)).getFirst().fields())
        .containsExactly("Köln", "5 €");
    assertThat(Texts.read(file, bytes)).endsWith("Köln;5 €\n");
    Path wide = Files.write(folder.resolve("u"), "\uFEFFa\n".getBytes(StandardCharsets.UTF_16LE));
    Utf8 utf16 = Utf8.STRICT.encodedIn(StandardCharsets.UTF_16LE);
    assertThat(all(utf16.linesUpTo(10).lines(wide))).containsExactly("a");
    Utf8 ascii = Utf8.STRICT.encodedIn(StandardCharsets.US_ASCII).textsUpTo(100);
    assertThatThrownBy(() -> Texts.read(file, ascii))
        .hasMessage(file + ": byte 13 (0xf6) is not US-ASCII");
    Tables replacing = Tables.semicolons().with(ascii).replacing();
    assertThat(all(replacing.read(file)).get(1).field(0)).isEqualTo("K\uFFFDln");
  }

  @Test
  void namesOfArchivesMayBeKorean() throws IOException {
    Charset cp949 = Charset.forName("x-windows-949");
    Path zip = folder.resolve("k.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out, cp949)) {
      z.putNextEntry(new ZipEntry("긍정/하나.txt"));
      z.write("좋다".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(all(Documents.zip(zip, ".txt", cp949, Utf8.STRICT)))
        .containsExactly(new Document("긍정/하나.txt", "긍정", "좋다"));
    assertThatThrownBy(() -> all(Documents.zip(zip, ".txt")))
        .isInstanceOf(IOException.class)
        .hasMessage(zip + ": has a name that is not UTF-8; specify the encoding of its names");
    try (InputStream in = Files.newInputStream(zip)) {
      assertThat(Texts.readZip("k", in, ".txt", cp949, Utf8.STRICT)).isEqualTo("좋다");
    }
    try (InputStream in = Files.newInputStream(zip)) {
      assertThatThrownBy(() -> Texts.readZip("k.zip", in, ".txt"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("k.zip: ");
    }
  }

  @Test
  void whatMacOsAddsIsLeftOut() throws IOException {
    Path zip = folder.resolve("m.zip");
    String[] names = {"긍정/1.txt", "__MACOSX/긍정/._1.txt", "__MACOSX/x.txt", "a/.DS_Store", ".git/x"};
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      for (String name : names) {
        String nfd = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD);
        z.putNextEntry(new ZipEntry(nfd));
        z.write("좋다".getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve("d").resolve(nfd);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "좋다");
      }
    }
    assertThat(all(Documents.zip(zip, ""))).extracting(Document::label).containsExactly("긍정");
    assertThat(all(Documents.folders(folder.resolve("d"))))
        .extracting(Document::label)
        .containsExactly("긍정");
    assertThat(Texts.read(folder.resolve("d"))).isEqualTo("좋다");
    try (InputStream in = Files.newInputStream(zip)) {
      assertThat(Texts.readZip("m", in, "")).isEqualTo("좋다");
    }
  }

  @Test
  void linesOfJsonAreObjects() throws IOException {
    Path file = file("j", "{\"text\": \"하나\", \"label\": 1}\n\n{\"text\": [true, null]}\n");
    List<Map<String, Object>> rows = all(JsonLines.read(file));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).containsEntry("text", "하나").containsEntry("label", 1);
    for (String bad : new String[] {"{", "[1]", "7", "null", "{\"a\":1} x{"}) {
      Path wrong = file("w", "{}\n" + bad + "\n");
      assertThatThrownBy(() -> all(JsonLines.read(wrong)))
          .as(bad)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(wrong + ":2: is not a JSON object");
    }
  }

  @Test
  void jsonThatNoTextOrNumberCanHoldIsRefused() throws IOException {
    String surrogate = ":1: has a text with an unpaired surrogate: \"\\udc00";
    Map<String, String> bad =
        Map.of(
            "{\"a\": 1e999}", ":1: has a number outside the range of float64",
            "{\"a\": [{\"b\": -1E400}]}", ":1: has a number outside the range of float64",
            "{\"a\": \"\\ud800\"}", ":1: has a text with an unpaired surrogate: \"\\ud800\"",
            "{\"\\ud800\": 1}", ":1: is not a JSON object: Broken surrogate pair",
            "{\"a\": [\"\\udc00x\"]}", surrogate,
            "{\"a\": {\"\\udc00\": 1}}", ":1: is not a JSON object: Unexpected low surrogate",
            "{\"a\": 1, \"a\": 2}", ":1: is not a JSON object: Duplicate");
    for (var b : bad.entrySet()) {
      Path file = file("bad", b.getKey());
      assertThatThrownBy(() -> all(JsonLines.read(file)))
          .as(b.getKey())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(file + b.getValue());
    }
    Path good = file("good", "{\"a\": [1e308, 1e-999, \"\\ud83d\\ude00\", 99999999999999999999]}");
    assertThat(all(JsonLines.read(good))).hasSize(1);
  }

  @Test
  void foldersAreLabels() throws IOException {
    for (String f : new String[] {"pos/1.txt", "pos/0.txt", "neg/7.txt", ".git/x", "neg/.y"}) {
      Path file = folder.resolve("d").resolve(f);
      Files.createDirectories(file.getParent());
      Files.writeString(file, f);
    }
    file("d/readme", "not one");
    assertThat(all(Documents.folders(folder.resolve("d"))))
        .containsExactly(
            new Document("neg/7.txt", "neg", "neg/7.txt"),
            new Document("pos/0.txt", "pos", "pos/0.txt"),
            new Document("pos/1.txt", "pos", "pos/1.txt"));
    assertThatThrownBy(() -> Documents.folders(folder.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void archivesAreRead() throws IOException {
    Path zip = folder.resolve("z.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      for (String name : new String[] {"a/pos/1.txt", "2.txt", "a/x.md"}) {
        z.putNextEntry(new ZipEntry(name));
        z.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(all(Documents.zip(zip, ".txt")))
        .containsExactly(
            new Document("a/pos/1.txt", "pos", "a/pos/1.txt"), new Document("2.txt", "", "2.txt"));
    Path no = file("no.zip", "PK nothing");
    assertThatThrownBy(() -> Documents.zip(no, ""))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(no + ": is not a zip archive");
  }

  @Test
  void textsAreWholeFiles() throws IOException {
    Path file = file("t", "한 글");
    assertThat(Texts.read(file)).isEqualTo("한 글");
    try (InputStream in = InputStream.nullInputStream()) {
      assertThatThrownBy(() -> Texts.readZip("z", in, ""))
          .hasMessage("z: expected a zip archive with at least one entry");
    }
  }
}
