package dev.unroll.examples.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.examples.Run;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.Outcome;
import java.io.IOException;
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
    Path page = folder.resolve("mattered.html");
    String command = "sentiment --hidden 8 --embedding 8 --batch 4 --epochs 2 --learning-rate 0.01";
    String args = command + " --data " + file(reviews(200)) + " --out " + page;
    assertThat(Run.of(args.split(" ", -1)).output())
        .contains(
            "180 texts, 20 more are held out",
            "always the most frequent class   0.6500",
            "naive Bayes                      1.0000",
            "logistic regression              1.0000",
            "this model                       1.0000");
    assertThat(page).content().contains("rgba(0,150,60,", "재", "영");
  }

  @Test
  void linesAreNamed() throws IOException {
    List<Labelled> read = LabelledTexts.reviews(file(reviews(40).stripTrailing()));
    assertThat(read).hasSize(40).startsWith(new Labelled("정말 재미없다 0", "not"));
    assertThatThrownBy(() -> LabelledTexts.reviews(file(reviews(30) + "31\tx\t2\n")))
        .hasMessageEndingWith(":32: expected a number, a text and 0 or 1, separated by tabs");
    assertThatThrownBy(() -> LabelledTexts.reviews(file("x")))
        .hasMessageEndingWith(":1: expected the tab-separated header id, document, label");
    assertThatThrownBy(() -> LabelledTexts.reviews(file(reviews(3))))
        .hasMessageEndingWith(": has 3 texts, expected at least 20, of at least 2 classes");
  }

  @Test
  void aBagHasNoOrderAndASequenceHas() {
    Labelled one = new Labelled("가나다", "a");
    Labelled other = new Labelled("다나가", "a");
    Grams grams = Grams.of(List.of(one, one, other, other));
    assertThat(grams.sequence("가나다", 0).input().toInts())
        .isNotEqualTo(grams.sequence("다나가", 0).input().toInts());
    assertThat(grams.sequence("가나다", 0).length()).isEqualTo(3);
    assertThat(grams.bag("가가가", 0).length()).isEqualTo(3); // 가, " 가", and the unknown pair
    assertThat(grams.sequence("", 0).length()).isEqualTo(1);
  }

  @Test
  void paddingChangesNothing() {
    List<String> texts = List.of("아주 좋은 영화", "별로", "");
    Grams grams = Grams.of(texts.stream().map(t -> new Labelled(t, "a")).toList());
    GramReader model = GramReader.of(grams.size(), 4, 3, 2, Init.seed(1));
    List<Example> sequences = texts.stream().map(t -> grams.sequence(t, 0)).toList();
    Outcome together = model.apply(ExampleBatches.batch(sequences), List.of(), Mode.evaluation());
    for (int row = 0; row < texts.size(); row++) {
      Batch batch = ExampleBatches.batch(sequences.subList(row, row + 1));
      Outcome alone = model.apply(batch, List.of(), Mode.evaluation());
      assertThat(together.output().value().slice(0, row, row + 1).toDoubles())
          .containsExactly(alone.output().value().toDoubles(), within(1e-6));
    }
    BagOfGrams bag = BagOfGrams.of(grams.size(), 2);
    List<Example> bags = texts.stream().map(t -> grams.bag(t, 0)).toList();
    Outcome regression = bag.apply(ExampleBatches.batch(bags), List.of(), Mode.evaluation());
    assertThat(regression.weight()).isEqualTo(3);
    assertThat(regression.loss().value().item()).isEqualTo((float) Math.log(2));
  }

  @Test
  void naiveBayesCountsAsByHand() {
    List<Example> bags =
        List.of(
            Example.of(new int[] {0, 1}, 0),
            Example.of(new int[] {0}, 0),
            Example.of(new int[] {2}, 1));
    NaiveBayes bayes = new NaiveBayes(bags, 3, 2);
    // Of gram 1: class 0 has 3/5 2/6, class 1 has 2/5 1/4; of grams 1 and 2, 3/5 2/6 1/6, 2/5 1/4
    // 2/4.
    assertThat(bayes.classOf(Example.of(new int[] {1}, -1))).isZero();
    assertThat(bayes.classOf(Example.of(new int[] {1, 2}, -1))).isEqualTo(1);
  }

  @Test
  void whatIsSaidLastInMadeReviewsCounts() {
    List<Labelled> made = MadeReviews.of(500, RandomKey.of(3));
    assertThat(made).doesNotHaveDuplicates().isEqualTo(MadeReviews.of(500, RandomKey.of(3)));
    assertThat(made)
        .filteredOn(r -> r.text().contains("좋다"))
        .isNotEmpty()
        .allMatch(r -> r.label().equals("content"));
    assertThat(made)
        .filteredOn(r -> r.text().contains("좋지 않다"))
        .isNotEmpty()
        .allMatch(r -> r.label().equals("not"));
  }
}
