package dev.unroll.layers.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.LoadReport;
import dev.unroll.layers.Mode;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageModelTest {
  private final LanguageModel.Config config = new LanguageModel.Config("lstm", 7, 4, 5, 2);
  private final LanguageModel model = LanguageModel.of(config, Init.seed(1));

  @Test
  void partsAreNamedByTheirPath() {
    assertThat(model.parameters().keySet())
        .containsExactly(
            "embedding.weight",
            "unroll.cell.0.weightInput",
            "unroll.cell.0.weightRecurrent",
            "unroll.cell.0.bias",
            "unroll.cell.1.weightInput",
            "unroll.cell.1.weightRecurrent",
            "unroll.cell.1.bias",
            "head.weight",
            "head.bias");
  }

  @Test
  void aModelLoadedFromItsConfigPredictsTheSame() {
    LanguageModel again = LanguageModel.load(config.toMap(), model.save());
    Variable tokens = Variable.of(Tensor.of(Shape.of(1, 3), new int[] {1, 5, 2}));
    Tensor a = model.apply(tokens, model.initialState(1), Mode.evaluation()).logits().value();
    Tensor b = again.apply(tokens, again.initialState(1), Mode.evaluation()).logits().value();
    assertThat(a.shape()).isEqualTo(Shape.of(1, 3, 7));
    assertThat(b.sameBits(a)).isTrue();
  }

  @Test
  void sizesThatTheWeightsDoNotHaveAreRefusedBeforeAnythingIsBuilt() {
    for (String name : List.of("vocabulary", "embedding", "hidden", "layers")) {
      for (String size :
          List.of("2000000000", "100000", "2147483647", "1", "0", "-1", "x", "5.0")) {
        Map<String, String> metadata = new HashMap<>(config.toMap());
        metadata.put(name, size);
        assertTimeoutPreemptively(
            Duration.ofSeconds(2),
            () ->
                assertThatThrownBy(() -> LanguageModel.load(metadata, model.save()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("[languageModel] "));
      }
    }
    // Weights that agree with the sizes, but for the cells.
    LanguageModel.Config large = new LanguageModel.Config("lstm", 1, 1, 100_000, 1);
    Map<String, Tensor> weights = new HashMap<>();
    weights.put("embedding.weight", Tensor.zeros(DType.FLOAT32, Shape.of(1, 1)));
    weights.put("head.weight", Tensor.zeros(DType.FLOAT32, Shape.of(100_000, 1)));
    weights.put("unroll.cell.0.bias", Tensor.zeros(DType.FLOAT32, Shape.of(400_000)));
    assertThatThrownBy(() -> LanguageModel.load(large.toMap(), weights))
        .hasMessage(
            "[languageModel] \"unroll.cell.0.*\" expected at least hidden x hidden = 10000000000"
                + " weights, got 400000");
    assertThatThrownBy(() -> LanguageModel.load(Map.of(), weights))
        .hasMessage("[languageModel] \"cell\" is missing; given []");
    assertThatThrownBy(() -> LanguageModel.load(config.toMap(), Map.of()))
        .hasMessage("[languageModel] \"embedding.weight\" expected [7, 4], got none among []");
  }

  @Test
  void loadingReportsAllThatDoesNotFit() {
    Map<String, Tensor> values = new HashMap<>(model.save());
    values.remove("head.bias");
    values.put("head.weight", Tensor.of(Shape.of(1), new float[1]));
    values.put("extra", Tensor.of(Shape.of(1), new float[1]));
    LoadReport report = model.load(values);
    assertThatThrownBy(report::orThrow)
        .hasMessage(
            "[load] the values do not match this model: missing [head.bias]; unexpected"
                + " [extra]; misshapen [head.weight: expected [5, 7], given [1]]");
  }

  @Test
  void configsOfOthersAreRefused() {
    Map<String, String> map = new HashMap<>(config.toMap());
    map.put("hidden", "many");
    assertThatThrownBy(() -> LanguageModel.Config.of(map))
        .hasMessage("[languageModel] \"hidden\" must be a size, not \"many\"");
    map.put("hidden", "0");
    assertThatThrownBy(() -> LanguageModel.Config.of(map))
        .hasMessageStartingWith("[languageModel] all sizes must be at least 1: vocabulary 7");
    assertThatThrownBy(() -> LanguageModel.Config.of(Map.of("format", "pt")))
        .hasMessage("[languageModel] \"cell\" is missing; given [format]");
  }

  @Test
  void generationDependsOnKeyAndTemperatureAlone() {
    int[] prompt = {1, 2};
    int[] a = new Generator(model, new Sampling(1), RandomKey.of(4)).generate(prompt, 50);
    assertThat(new Generator(model, new Sampling(1), RandomKey.of(4)).generate(prompt, 50))
        .isEqualTo(a);
    assertThat(new Generator(model, new Sampling(1), RandomKey.of(5)).generate(prompt, 50))
        .isNotEqualTo(a);
    int[] greedy = new Generator(model, new Sampling(0), RandomKey.of(4)).generate(prompt, 20);
    assertThat(new Generator(model, new Sampling(0), RandomKey.of(5)).generate(prompt, 20))
        .isEqualTo(greedy);
    assertThat(new Generator(model, new Sampling(1e-6), RandomKey.of(5)).generate(prompt, 20))
        .isEqualTo(greedy);
  }

  @Test
  void generationRefusesWhatItCannotDo() {
    assertThatThrownBy(() -> new Generator(model, new Sampling(-1), RandomKey.of(1)))
        .hasMessage("[sampling] expected a finite temperature of at least 0, got -1.0");
    Generator g = new Generator(model, new Sampling(1), RandomKey.of(1));
    assertThatThrownBy(() -> g.generate(new int[0], 1))
        .hasMessage("[generator] expected a prompt of at least one token");
    assertThatThrownBy(() -> g.generate(new int[] {7}, 1)).hasMessageContaining("7");
  }

  @Test
  void drawsFollowTheProbabilities() {
    int[] counts = new int[7];
    int n = 4000;
    for (int i = 0; i < n; i++) {
      counts[
          new Generator(model, new Sampling(1), RandomKey.of(i)).generate(new int[] {3}, 1)[0]]++;
    }
    Variable tokens = Variable.of(Tensor.of(Shape.of(1, 1), new int[] {3}));
    float[] p =
        model
            .apply(tokens, model.initialState(1), Mode.evaluation())
            .logits()
            .softmax()
            .value()
            .toFloats();
    for (int v = 0; v < 7; v++) {
      double deviation = Math.sqrt(n * p[v] * (1 - p[v]));
      assertThat((double) counts[v]).isBetween(n * p[v] - 4 * deviation, n * p[v] + 4 * deviation);
    }
  }
}
