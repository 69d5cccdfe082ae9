package dev.unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  @TempDir Path folder;

  private Table csv(String text) throws IOException {
    return Table.read(file(text));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  /** A file of the folder of real data; the test is skipped where it is absent. */
  static Path real(String name) {
    Path path = Path.of("..", "..", "shared", "data").resolve(name);
    Assumptions.assumeTrue(Files.exists(path), "no real data: looked for " + path);
    return path;
  }

  @Test
  void columnsAreOfTheNarrowestType() throws IOException {
    Table t =
        csv(
            "a,when,kind,zip,id\n1,2026-11-30 14:05,x,010,1234567890123456789\n-2.5e3,2026-12-01 00:00,,020,2\n");
    assertThat(t.columns()).containsExactly("a", "when", "kind", "zip", "id");
    assertThat(t.size()).isEqualTo(2);
    assertThat(t.number("a", 1)).isEqualTo(-2500);
    assertThat(t.time("when", 0)).isEqualTo(LocalDateTime.of(2026, 11, 30, 14, 5));
    assertThat(t.text("kind", 0)).isEqualTo("x");
    assertThat(t.isMissing("kind", 1)).isTrue();
    assertThat(t.text("kind", 1)).isNull();
    assertThat(t.text("zip", 0)).isEqualTo("010");
    assertThat(t.text("id", 0)).isEqualTo("1234567890123456789");
    assertThat(t).hasToString("2 rows of [a, when, kind, zip, id]");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11, 2026-11-01T00:00",
    "2026-11-30, 2026-11-30T00:00",
    "2026-11-30T14:05, 2026-11-30T14:05",
    "2026-11-30 14:05:06, 2026-11-30T14:05:06",
    "2026-11-30 14:05:06.25, 2026-11-30T14:05:06.250",
    "2026-11-30T14:05:06Z, 2026-11-30T14:05:06",
    "2026-11-30T14:05:06+09:00, 2026-11-30T05:05:06",
  })
  void datesAreThoseOfIso8601(String cell, String time) throws IOException {
    assertThat(csv("t\n" + cell + "\n").time("t", 0)).isEqualTo(LocalDateTime.parse(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30",
        "2026-13",
        "30.11.2026",
        "2026-11-30T25:00",
        "1e999",
        "0x10",
        "1f",
        "Infinity",
        "1,5"
      })
  void otherCellsAreTexts(String cell) throws IOException {
    assertThat(csv("t\n\"" + cell + "\"\n").text("t", 0)).isEqualTo(cell);
    assertThatThrownBy(() -> csv("t\n1\n\"" + cell + "\"\n").numbers("t"))
        .hasMessage("[table] expected numbers in column \"t\", got text such as \"" + cell + "\"");
  }

  @Test
  void otherDatesHaveAFormat() throws IOException {
    Table t = csv("t\n30.11.2026\n\"\"\n01.12.2026\n");
    Table times = t.withTimes("t", DateTimeFormatter.ofPattern("dd.MM.yyyy"));
    assertThat(times.time("t", 2)).isEqualTo(LocalDateTime.of(2026, 12, 1, 0, 0));
    assertThat(times.isMissing("t", 1)).isTrue();
    assertThatThrownBy(() -> t.withTimes("t", DateTimeFormatter.ISO_DATE))
        .hasMessageContaining(
            "in column \"t\" at " + folder.resolve("t.csv") + ":2, got \"30.11.2026\"");
  }

  @Test
  void quotesByteOrderMarksAndSeparatorsAreRead() throws IOException {
    Table t = csv("\uFEFFa,\"b\"\"c\"\r\n\"x, y\",\"two\nlines\"\r\n\r\n한글,z");
    assertThat(t.columns()).containsExactly("a", "b\"c");
    assertThat(t.text("a", 0)).isEqualTo("x, y");
    assertThat(t.text("b\"c", 0)).isEqualTo("two\nlines");
    assertThat(t.text("a", 1)).isEqualTo("한글");
    assertThat(t.size()).isEqualTo(2);
    assertThat(Table.read(file("a;b\n1;2\n"), ';').numbers("b", "a").toDoubles())
        .containsExactly(2, 1);
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    String file = folder.resolve("t.csv").toString();
    assertThatThrownBy(() -> csv(""))
        .hasMessage("[table] expected a header in " + file + ", got an empty file");
    assertThatThrownBy(() -> csv("a,b\n1,2\n\n3\n"))
        .hasMessage("[table] expected 2 fields in " + file + ":4, as in the header, got 1");
    assertThatThrownBy(() -> csv("a,b,a\n"))
        .hasMessageStartingWith("[table] expected a header of different names in " + file)
        .hasMessageContaining("got \"a\" twice");
    assertThatThrownBy(() -> csv("a,,b\n")).hasMessageContaining("got an empty one");
    assertThatThrownBy(() -> csv("a\n\"open\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("[table] expected CSV in " + file);
    Files.write(folder.resolve("t.csv"), "a\n가\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Table.read(Path.of(file)))
        .hasMessage("[table] expected UTF-8 in " + file + ", got another encoding");
    assertThatThrownBy(() -> Table.read(folder.resolve("none.csv")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("cannot be read: there is no such file");
    assertThatThrownBy(() -> Table.read(folder)).hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> Table.read(file("a\n1\n"), '"'))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHeaderAloneIsATableOfNoRows() throws IOException {
    Table t = csv("a,b\n");
    assertThat(t.size()).isZero();
    assertThat(t.numbers("a", "b").shape()).isEqualTo(Shape.of(0, 2));
  }

  @Test
  void missingNumbersAreNamed() throws IOException {
    Table t = csv("a,b\n1,2\n\"\",3\n");
    assertThatThrownBy(() -> t.numbers("b", "a"))
        .hasMessage(
            "[table] expected a number in column \"a\" at "
                + folder.resolve("t.csv")
                + ":3, got a missing value: fill the column, or leave the row out");
    Table memory = Table.of(Map.of("a", new double[] {1, Double.NaN}));
    assertThatThrownBy(() -> memory.rows(1, 2).numbers("a")).hasMessageContaining("at row 1,");
    assertThatThrownBy(() -> Table.of(Map.of("a", new double[] {1e300})).numbers("a"))
        .hasMessage(
            "[table] expected a number in the range of float32 in column \"a\" at row 0, got 1.0E300");
  }

  @Test
  void rowsAndColumnsAreChosen() {
    Table t = Table.of(of("a", 1, 2, 3)).withTexts("k", Arrays.asList("x", null, "y"));
    assertThat(t.rows(1, 3).numbers("a").toDoubles()).containsExactly(2, 3);
    assertThat(t.where(i -> t.number("a", i) != 2).numbers("a").toDoubles()).containsExactly(1, 3);
    assertThat(t.where(i -> !t.isMissing("k", i)).text("k", 1)).isEqualTo("y");
    assertThat(t.select("k", "a").columns()).containsExactly("k", "a");
    assertThat(t.drop("k").columns()).containsExactly("a");
    assertThatThrownBy(() -> t.rows(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> t.select("a", "a"))
        .hasMessage("[table] expected different columns, got \"a\" twice");
    assertThatThrownBy(() -> t.drop("b"))
        .hasMessage("[table] expected a column of [a, k], got \"b\"");
    assertThatThrownBy(() -> t.withNumbers("b", 1, 2))
        .hasMessage("[table] expected a name and 3 values, got \"b\" and 2");
    assertThatThrownBy(() -> t.withNumbers(" ", 1, 2, 3)).hasMessageContaining("expected a name");
    assertThatThrownBy(() -> Table.of(Map.of()))
        .hasMessage("[table] expected at least one column, got none");
    assertThatThrownBy(() -> t.time("k", 0))
        .hasMessage("[table] expected dates and times in column \"k\", got text such as \"x\"");
    assertThatThrownBy(() -> t.number("a", 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> t.number(null, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("column");
  }

  private static Map<String, double[]> of(String name, double... values) {
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put(name, values);
    return all;
  }

  @Test
  void aTableDoesNotChangeWithTheArraysItWasMadeOf() {
    double[] values = {1, 2};
    Table t = Table.of(of("a", values));
    values[0] = 9;
    assertThat(t.number("a", 0)).isEqualTo(1);
  }

  @Test
  void labelsEncodeLaterTablesAlike() {
    Table first = Table.of(of("n", 10, 9, Double.NaN)).withTexts("k", List.of("b", "a", "b"));
    Labels labels = first.labels("k");
    assertThat(labels.names()).containsExactly("a", "b");
    assertThat(first.labels("n").names()).containsExactly("9", "10");
    assertThat(first.ids("k", labels)).containsExactly(1, 0, 1);
    Table later = Table.of(of("n", 1, 2, 3)).withTexts("k", Arrays.asList("b", "c", null));
    assertThat(later.ids("k", new Categories(labels))).containsExactly(2, 0, 0);
    assertThatThrownBy(() -> later.ids("k", labels))
        .hasMessage("[table] expected a label among [a, b] in column \"k\" at row 1, got \"c\"");
    assertThatThrownBy(() -> first.ids("n", first.labels("n")))
        .hasMessageStartingWith("[table] expected a label in column \"n\" at row 2, got a missing");
    Table hot = first.oneHot("k", labels);
    assertThat(hot.columns()).containsExactly("n", "k=a", "k=b");
    assertThat(hot.numbers("k=a", "k=b").toDoubles()).containsExactly(0, 1, 1, 0, 0, 1);
  }

  @Test
  void gapsAreFilledAndMarked() {
    double nan = Double.NaN;
    Table t = Table.of(of("a", nan, 1, nan, 4, nan));
    assertThat(t.withMask("a").numbers("a known").toDoubles()).containsExactly(0, 1, 0, 1, 0);
    assertThat(t.fill(Fill.constant(7), "a").numbers("a").toDoubles())
        .containsExactly(7, 1, 7, 4, 7);
    Table previous = t.fill(Fill.previous(), "a");
    assertThat(previous.isMissing("a", 0)).isTrue();
    assertThat(previous.fill(Fill.constant(0), "a").numbers("a").toDoubles())
        .containsExactly(0, 1, 1, 4, 4);
    // The mean of the training rows alone.
    assertThat(t.fill(t.rows(0, 3).means(), "a").number("a", 4)).isEqualTo(1);
    assertThatThrownBy(() -> t.fill(t.rows(0, 1).means(), "a"))
        .hasMessage("[fill] expected a mean of column \"a\", got no values");
    assertThatThrownBy(() -> Fill.constant(nan))
        .hasMessage("[fill] expected a finite constant, got NaN");
    assertThatThrownBy(() -> t.fill((_, _) -> new double[1], "a"))
        .hasMessageStartingWith("[fill] expected 5 values from");
    assertThat(Fill.previous()).hasToString("previous");
  }

  @Test
  void hoursAndWeekdaysRecur() {
    Table t =
        Table.of(of("a", 0, 0))
            .withTimes("t", Arrays.asList(LocalDateTime.of(2026, 11, 30, 6, 0), null))
            .withTimeFeatures("t", TimeFeature.values());
    assertThat(t.number("t epoch_days", 0)).isEqualTo(20787.25);
    assertThat(t.number("t hour sine", 0)).isCloseTo(1, within(1e-12));
    assertThat(t.number("t hour cosine", 0)).isCloseTo(0, within(1e-12));
    assertThat(t.number("t weekday sine", 0)).isZero(); // A Monday.
    assertThat(t.number("t weekday cosine", 0)).isEqualTo(1);
    assertThat(t.number("t day_of_year sine", 0))
        .isCloseTo(Math.sin(2 * Math.PI * 333 / 366), within(1e-12));
    assertThat(t.isMissing("t hour sine", 1)).isTrue();
  }

  @Test
  void realFilesAreRead() throws IOException {
    Table ett = Table.read(real("ett/ETTh1.csv"));
    assertThat(ett.size()).isEqualTo(17_420);
    Tensor x = ett.numbers("HUFL", "OT");
    assertThat(x.shape()).isEqualTo(Shape.of(17_420, 2));
    assertThat(x.get(0, 1)).isEqualTo(30.5310001373291f);
    assertThat(ett.time("date", 1)).isEqualTo(LocalDateTime.of(2016, 7, 1, 1, 0));
    Table sunspots = Table.read(real("timeseries/monthly-sunspots.csv"));
    assertThat(sunspots.time("Month", 0)).isEqualTo(LocalDateTime.of(1749, 1, 1, 0, 0));
    assertThat(Table.read(real("timeseries/shampoo.csv")).text("Month", 0)).isEqualTo("1-01");
    // Shorter series end with empty cells.
    Table m4 = Table.read(real("m4-hourly/Hourly-train.csv"));
    assertThat(m4.size()).isEqualTo(414);
    assertThat(m4.isMissing("V961", 0)).isTrue();
  }
}
