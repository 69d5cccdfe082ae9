package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Split;
import dev.unroll.examples.Reviews.Review;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.training.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentimentTest {
  private static final String HEADER = "id\tdocument\tlabel\n";

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("reviews.txt"), content);
  }

  private static String reviews(int n) {
    StringBuilder s = new StringBuilder(HEADER);
    for (int i = 0; i < n; i++) {
      s.append(i).append('\t').append(i % 3 == 0 ? "정말 재미없다 " : "최고의 영화 ").append(i % 5);
      s.append('\t').append(i % 3 == 0 ? 0 : 1).append('\n');
    }
    return s.toString();
  }

  @Test
  void theCommandComparesModelsOnWhatWasHeldOut() throws IOException {
    Path file = file(reviews(200));
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      status =
          Main.run(
              "sentiment",
              "--data",
              file.toString(),
              "--hidden",
              "8",
              "--embedding",
              "8",
              "--batch",
              "4",
              "--epochs",
              "2",
              "--learning-rate",
              "0.01");
    } finally {
      System.setOut(before);
    }
    assertThat(status).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "180 reviews, 20 more are held out",
            "always the more frequent class        0.6500",
            "logistic regression on the same grams 1.0000",
            "this model                            1.0000");
  }

  @Test
  void theLastTenthIsHeldOutAndLinesAreNamed() throws IOException {
    Split<Review> s = Reviews.read(file(reviews(40).stripTrailing()));
    assertThat(s.training()).hasSize(36);
    assertThat(s.heldOut().getFirst()).isEqualTo(new Review("정말 재미없다 1", 0));
    assertThatThrownBy(() -> Reviews.read(file(reviews(30) + "31\tx\t2\n")))
        .hasMessageEndingWith(":32: expected a number, a text and 0 or 1, between tabs");
    assertThatThrownBy(() -> Reviews.read(file("x")))
        .hasMessageEndingWith(":1: expected the header id, document, label, between tabs");
    assertThatThrownBy(() -> Reviews.read(file(reviews(3))))
        .hasMessageEndingWith(": has 3 reviews, expected at least 20");
  }

  @Test
  void aBagHasNoOrderAndASequenceHas() {
    Review one = new Review("가나다", 1);
    Review other = new Review("다나가", 1);
    Grams grams = Grams.of(List.of(one, one, other, other));
    assertThat(grams.sequence(one).input().toInts())
        .isNotEqualTo(grams.sequence(other).input().toInts());
    assertThat(grams.sequence(one).length()).isEqualTo(3);
    assertThat(grams.bag(new Review("가가가", 1)).length())
        .isEqualTo(3); // 가, " 가", and the unknown pair
  }

  @Test
  void paddingChangesNothing() {
    List<Review> reviews =
        List.of(new Review("아주 좋은 영화", 1), new Review("별로", 0), new Review("", 1));
    Grams grams = Grams.of(reviews);
    SentimentModel model = SentimentModel.of(grams.size(), 4, 3, Init.seed(1));
    BagOfGrams bag = BagOfGrams.of(grams.size());
    List<Example> sequences = reviews.stream().map(grams::sequence).toList();
    Outcome together = model.apply(ExampleBatches.batch(sequences), List.of(), Mode.evaluation());
    for (int row = 0; row < reviews.size(); row++) {
      Batch batch = ExampleBatches.batch(sequences.subList(row, row + 1));
      if (batch.inputs().shape().dim(1) > 0) { // The empty review is a sequence in a batch alone.
        Outcome alone = model.apply(batch, List.of(), Mode.evaluation());
        assertThat(together.output().value().slice(0, row, row + 1).toDoubles())
            .containsExactly(alone.output().value().toDoubles(), within(1e-6));
      }
    }
    assertThat(together.output().value().toDoubles()).doesNotContain(Double.NaN);
    List<Example> bags = reviews.stream().map(grams::bag).toList();
    Outcome regression = bag.apply(ExampleBatches.batch(bags), List.of(), Mode.evaluation());
    assertThat(regression.count()).isEqualTo(3);
    assertThat(regression.loss().value().item()).isEqualTo((float) Math.log(2));
  }
}
