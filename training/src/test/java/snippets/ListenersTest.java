package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.training.FileLog;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.Metric;
import dev.unroll.training.ProgressDisplay;
import dev.unroll.training.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of the listeners of {@code dev.unroll.training}. */
class ListenersTest {
  @TempDir private Path home;

  private static Trainer trainer() {
    LanguageModel model =
        LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 1), Init.seed(1));
    TokenStream text = new TokenStream(IntStream.range(0, 400).map(i -> i % 5).toArray(), 4, 25);
    return new Trainer(
            model,
            new LanguageModeling(model),
            Optimizer.of(new Adam(0.01), model.parameters()),
            text)
        .validate(text, 5, Metric.perplexity());
  }

  @Test
  void progressDisplay() throws IOException {
    Trainer trainer = trainer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true);
    // @start region="ProgressDisplay"
    trainer.listen(ProgressDisplay.lines(out).counting("tokens"));
    trainer.run(20); // step 20 of 20, loss 1.584, perplexity 4.5, 25,312 tokens/s, 0:00 left
    // @end
    assertThat(bytes.toString())
        .containsPattern("step 20 of 20, loss \\S+, perplexity \\S+, \\S+ tokens/s, 0:00 left");
  }

  @Test
  void fileLog() throws IOException {
    Trainer trainer = trainer();
    // @start region="FileLog"
    trainer
        .listen(FileLog.csv(home.resolve("log.csv"), Metric.perplexity()))
        .listen(FileLog.jsonLines(home.resolve("log.jsonl")).every(10));
    trainer.run(20);
    // @end
    assertThat(Files.readAllLines(home.resolve("log.csv"))).hasSize(1 + 20 + 4);
    assertThat(Files.readAllLines(home.resolve("log.jsonl"))).hasSize(2 + 4);
  }
}
