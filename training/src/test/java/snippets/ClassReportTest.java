package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.training.ClassReport;
import dev.unroll.training.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example in the Javadoc of {@link ClassReport}. */
class ClassReportTest {
  @Test
  void classReport() {
    ManyToOne model =
        new ManyToOne(
            Embedding.of(5, 4, Init.seed(1)),
            Unroll.of(GruCell.of(4, 8, Init.seed(2))),
            Pooling.last(),
            Linear.of(8, 2, Init.seed(3)));
    BatchSource heldOut =
        new ExampleBatches(
            List.of(Example.of(new int[] {1, 2}, 0), Example.of(new int[] {2, 1}, 1)),
            Order.sequential(2, 2));
    // @start region="ClassReport"
    ClassReport report =
        ClassReport.of(
            Task.of(model, Loss.crossEntropy()), heldOut, List.of("negative", "positive"));
    double recall = report.recall(1);
    long missed = report.count(1, 0); // positive ones that are classified as negative
    // @end
    assertThat(recall).isEqualTo(1.0 - missed);
  }
}
