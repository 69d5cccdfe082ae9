package dev.unroll.examples.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.series.Episodes.Span;
import dev.unroll.tensor.RandomKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SeriesTest {
  @TempDir Path folder;

  @Test
  void baselinesForecastAsByHand() {
    double[] seen = {1, 2, 3, 1, 2, 3, 1};
    assertThat(Baselines.persistence().forecast(seen, 2)).containsExactly(1, 1);
    assertThat(Baselines.seasonal(3).forecast(seen, 4)).containsExactly(2, 3, 1, 2);
    double[] doubling = {1, 2.5, 3, 7, 4, 9, 5.5, 12};
    for (int t = 2; t < doubling.length; t++) {
      doubling[t] = 0.5 * doubling[t - 1] - 0.25 * doubling[t - 2] + 1; // exactly of order 2
    }
    double[] next = Baselines.autoregressive(doubling, 2).forecast(doubling, 2);
    double first = 0.5 * doubling[7] - 0.25 * doubling[6] + 1;
    assertThat(next)
        .containsExactly(new double[] {first, 0.5 * first - 0.25 * doubling[7] + 1}, within(1e-9));
  }

  @Test
  void accuracyIsAddedUp() {
    Accuracy a = new Accuracy();
    a.add(3, 1);
    a.add(4, 4);
    assertThat(a.mae()).isEqualTo(1);
    assertThat(a.rmse()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(a.smape()).isCloseTo(50, within(1e-12));
  }

  @Test
  void alertsThatAreCloseAreOneEpisode() {
    double[] scores = {9, 0, 2, 0, 2, 0, 0, 0, 2};
    List<Span> episodes = Episodes.above(1, scores, 1, 2);
    assertThat(episodes).containsExactly(new Span(2, 4), new Span(8, 8));
    List<Span> faults = List.of(new Span(4, 5), new Span(6, 7));
    assertThat(Episodes.meeting(faults, episodes)).isEqualTo(1);
    assertThat(Episodes.meeting(episodes, faults)).isEqualTo(1);
  }

  private Series read(String text, SeriesFormat format) throws IOException {
    Path file = Files.writeString(folder.resolve("s.csv"), text);
    return format.read(file, 1, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void theFormOfAFileIsRecognizedAndSaid() throws IOException {
    for (String mark : new String[] {".", ","}) {
      for (String separator : new String[] {";", "\t", ","}) {
        for (String header : new String[] {"", "time" + separator + "PM2\n"}) {
          String a = "10" + mark + "199";
          String b = "-2" + mark + "5e3";
          boolean quoted = mark.equals(separator);
          String text =
              header
                  + ("2020-01-01" + separator + (quoted ? "\"" + a + "\"" : a) + "\n")
                  + ("2020-01-02" + separator + (quoted ? "\"" + b + "\"" : b) + "\r\n");
          Series s = read(text, new SeriesFormat());
          assertThat(s.values()).as(text).containsExactly(10.199, -2500.0);
          assertThat(s.times()).containsExactly("2020-01-01", "2020-01-02");
          assertThat(said.toString(StandardCharsets.UTF_8))
              .contains("s.csv: ")
              .contains("decimal " + (mark.equals(",") ? "comma" : "point"))
              .contains(header.isEmpty() ? ", no header" : ", a header");
          said.reset();
        }
      }
    }
  }

  @Test
  void whatIsNotRecognizedIsAskedFor() throws IOException {
    refused("a,10,199\nb,11,250\n", "s.csv:1: expected a time and a value, got 3 fields");
    refused(
        "a;1.5\nb;1,5\nc;2.5\n", "s.csv: has values with commas and with points; use --decimal");
    refused("a;\nb;1\n", "s.csv:1: \"\" is neither a number with a decimal point nor a name");
    refused("a;NaN\nb;1\n", "s.csv:1: \"NaN\" is neither");
    refused("a;1\nb;2x\n", "s.csv:2: expected a number with a decimal point, got \"2x\"");
    refused("a;1\nb;0x1p3\n", "got \"0x1p3\"");
    refused("a;1\nb;1d\n", "got \"1d\"");
    SeriesFormat all = new SeriesFormat();
    CommandLine.populateCommand(all, "--separator=SEMICOLON", "--decimal=COMMA", "--header=YES");
    assertThat(read("a;NaN\nb;1,5\n", all).values()).containsExactly(1.5);
  }

  private void refused(String text, String message) {
    assertThatThrownBy(() -> read(text, new SeriesFormat()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void faultsAreReadByTheNameOfTheSeries() throws IOException {
    Series series =
        new Series(
            "a.csv",
            List.of("2020-01-01 00:00:00", "2020-01-01 01:00:00", "2020-01-01 02:00:00"),
            List.of(1.0, 2.0, 3.0));
    Path file = folder.resolve("labels.json");
    Files.writeString(
        file,
        "{\"x/b.csv\": [], \"x/a.csv\":"
            + " [[\"2020-01-01 00:30:00.000000\", \"2020-01-01 02:00:00.000000\"]]}");
    assertThat(KnownFaults.read(file, series)).containsExactly(new Span(1, 2));
    Files.writeString(file, "{\"x/b.csv\": []}");
    assertThatThrownBy(() -> KnownFaults.read(file, series))
        .hasMessage(file + ": does not name a.csv");
    Files.writeString(file, "[");
    assertThatThrownBy(() -> KnownFaults.read(file, series))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":1: is not JSON");
  }

  @Test
  void anAutoregressionGoesOnWithWhatRepeatsItself() {
    double[] constant = new double[40];
    Arrays.fill(constant, 7);
    assertThat(Baselines.autoregressive(constant, 12).forecast(constant, 3))
        .containsExactly(new double[] {7, 7, 7}, within(1e-9));
    double[] line = IntStream.range(0, 40).mapToDouble(i -> 2 * i + 1).toArray();
    assertThat(Baselines.autoregressive(line, 12).forecast(line, 2))
        .containsExactly(new double[] {81, 83}, within(1e-9));
  }

  @Test
  void aForecasterNeverSeesWhatIsToCome() {
    double[] values = MackeyGlass.of(60, RandomKey.of(1)).array();
    double[] other = values.clone();
    other[50] = 99;
    List<double[]> before = forecaster(values).forecast(40, 52);
    List<double[]> changed = forecaster(other).forecast(40, 52);
    for (int i = 0; i <= 10; i++) { // The forecast of value 50 is the last that must not know it.
      assertThat(changed.get(i)).containsExactly(before.get(i));
    }
    assertThat(changed.get(11)).isNotEqualTo(before.get(11));
  }

  private static Forecaster forecaster(double[] values) {
    return new Forecaster(values, List.of(), 40, 8, 2, new FitOptions(4, 0.003));
  }

  @Test
  void scoresAreErrorsInWidthsOfTheInterval() {
    double[] values = {0, 4, 4};
    List<double[]> said = List.of(new double[] {0, 2, 4}, new double[] {3, 4, 4});
    assertThat(Scores.forecastErrors(values, said, 1, 2, 1)).containsExactly(0, 0.5, 0.25);
  }
}
