package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.BatchSource;
import dev.unroll.data.Dataset;
import dev.unroll.data.DatasetSplit;
import dev.unroll.data.Fill;
import dev.unroll.data.Series;
import dev.unroll.data.Table;
import dev.unroll.data.TimeFeature;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of tables and series. */
class TableTest {
  @Test
  void table(@TempDir Path folder) throws IOException {
    Path file = sensors(folder);
    // @start region="Table"
    Table sensors =
        Table.read(file)
            .withMask("pressure") // a column "pressure known" of 0 and 1
            .fill(Fill.previous(), "pressure")
            .withTimeFeatures("time", TimeFeature.HOUR);
    Tensor x = sensors.numbers("temp", "pressure known", "time hour sine"); // [rows, 3]
    // @end
    assertThat(x.shape().dims()).containsExactly(40, 3);
  }

  @Test
  void series(@TempDir Path folder) throws IOException {
    Path file = sensors(folder);
    // @start region="Series"
    Series series = Table.read(file).series("machine", "time");
    Dataset data = series.features("temp").labels("state"); // one class per machine
    DatasetSplit split = data.split(0.8, 1).scaled(); // by machine, stratified, seed 1
    BatchSource batches = split.training().shuffled(32, 1);
    // @end
    assertThat(split.training().size()).isEqualTo(8);
    assertThat(batches.next().inputs().shape().dims()).containsExactly(8, 4, 1);
  }

  private static Path sensors(Path folder) throws IOException {
    StringBuilder csv = new StringBuilder("machine,time,temp,pressure,state\n");
    for (int i = 0; i < 40; i++) {
      int machine = i / 4;
      csv.append(
          "M%d,2026-11-30 %02d:00,%d,%s,%s%n"
              .formatted(
                  machine, i % 4, i, i % 2 == 0 ? "1.5" : "", machine % 2 == 0 ? "ok" : "worn"));
    }
    return Files.writeString(folder.resolve("sensors.csv"), csv);
  }
}
