package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Parameter;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Starting values have the spread that their papers ask for. */
class InitTest {
  private static final Init INIT = new Init(DType.FLOAT64, RandomKey.of(2));

  private static double deviation(Parameter p) {
    double[] x = p.value().toDoubles();
    return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / x.length);
  }

  private static double largest(Parameter p) {
    return Arrays.stream(p.value().toDoubles()).map(Math::abs).max().orElseThrow();
  }

  @Test
  void theSpreadIsThatOfThePaper() {
    Parameter he = INIT.he(50, 100, 3);
    assertThat(he.shape().dims()).containsExactly(50, 300);
    assertThat(deviation(he)).isCloseTo(Math.sqrt(2.0 / 50), within(0.01));
    Parameter uniform = INIT.uniform(0.3, 100, 100);
    assertThat(largest(uniform)).isBetween(0.29, 0.3);
    assertThat(deviation(uniform)).isCloseTo(0.3 / Math.sqrt(3), within(0.01));
    Parameter truncated = INIT.truncatedNormal(0.5, 100, 100);
    assertThat(largest(truncated)).isBetween(0.95, 1.0);
    assertThat(deviation(truncated)).isCloseTo(0.88 * 0.5, within(0.01));
  }

  @Test
  void fixedValuesAreWhatTheySay() {
    assertThat(INIT.identity(2).value().toDoubles()).containsExactly(1, 0, 0, 1);
    assertThat(INIT.full(3, 2).value().toDoubles()).containsExactly(3, 3);
    assertThat(INIT.forgetBias(1).value().toDoubles()).containsExactly(0, 1, 0, 0);
  }

  @Test
  void orthogonalWeightsKeepLengths() {
    Tensor w = INIT.orthogonal(20, 3).value();
    for (int p = 0; p < 3; p++) {
      Tensor part = w.slice(1, p * 20, (p + 1) * 20);
      Tensor product = part.matmul(part.transpose(0, 1));
      for (int i = 0; i < 20; i++) {
        for (int j = 0; j < 20; j++) {
          assertThat(product.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-12));
        }
      }
    }
  }

  private static double largest(Layer model, String path) {
    return largest(Objects.requireNonNull(model.parameters().get(path), path));
  }

  @Test
  void aPolicySetsAllMatricesAndLeavesBiases() {
    Init uniform = INIT.weights(Initializer.uniform(0.1));
    for (String cell : Cells.names()) {
      LanguageModel model =
          LanguageModel.of(new LanguageModel.Config(cell, 30, 20, 24, 2), uniform);
      LanguageModel plain = LanguageModel.of(new LanguageModel.Config(cell, 30, 20, 24, 2), INIT);
      model
          .parameters()
          .forEach((path, p) -> {
            if (p.shape().rank() > 1) {
              assertThat(largest(p)).as(cell + " " + path).isBetween(0.08, 0.1);
            } else {
              assertThat(p.value().sameBits(plain.parameters().get(path).value()))
                  .as(path)
                  .isTrue();
            }
          });
    }
  }

  @Test
  void aNameExceptsItsParts() {
    Init init =
        INIT.part("weightRecurrent", Initializer.standard())
            .part("cell1", Initializer.constant(3))
            .part("bias", Initializer.constant(2))
            .part("bias", Initializer.constant(4))
            .weights(Initializer.normal(1e-6));
    LanguageModel.Config config = new LanguageModel.Config("lstm", 30, 20, 24, 2);
    LanguageModel model = LanguageModel.of(config, init);
    assertThat(largest(model, "embedding.weight")).isBetween(1e-6, 1e-5);
    assertThat(largest(model, "unroll.cell.0.weightInput")).isBetween(1e-6, 1e-5);
    assertThat(largest(model, "unroll.cell.1.weightInput")).isEqualTo(3);
    assertThat(largest(model, "unroll.cell.1.bias")).isEqualTo(4);
    assertThat(largest(model, "head.bias")).isEqualTo(4);
    for (String path : List.of("unroll.cell.0.weightRecurrent", "unroll.cell.1.weightRecurrent")) {
      assertThat(
              model
                  .parameters()
                  .get(path)
                  .value()
                  .sameBits(LanguageModel.of(config, INIT).parameters().get(path).value()))
          .isTrue();
    }
  }

  @Test
  void everyParameterOfEveryLayerCanBeSet() {
    Init init = INIT.weights(Initializer.constant(7));
    for (String name :
        List.of(
            "bias",
            "gain",
            "biasCandidate",
            "peepholes",
            "gainInput",
            "gainRecurrent",
            "gainMemory",
            "biasMemory")) {
      init = init.part(name, Initializer.constant(7));
    }
    List<Layer> layers = new ArrayList<>();
    for (String cell : Cells.names()) {
      layers.add(Cells.named(cell, 2, 3, init));
    }
    layers.addAll(
        List.of(
            Linear.of(2, 3, init),
            LayerNorm.of(3, init),
            RmsNorm.of(3, init),
            Embedding.of(4, 2, init),
            TiedLinear.of(Embedding.of(4, 2, init), init),
            Conv1d.of(2, 3, Window.of(1), init)));
    for (Layer layer : layers) {
      layer
          .parameters()
          .forEach((path, p) ->
              assertThat(p.value().toDoubles()).as(layer + " " + path).containsOnly(7));
    }
  }

  @Test
  void distributionsWithinAnInitializerAreNotReplacedAgain() {
    Init init = INIT.weights((own, dims) -> own.glorot(dims[0], dims[1], 1));
    assertThat(largest(init.orthogonal(10, 1))).isBetween(0.4, Math.sqrt(6.0 / 20));
    assertThat(init.uniform(1, 3, 3).value().sameBits(INIT.glorot(3, 3, 1).value())).isTrue();
  }

  @Test
  void policiesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> INIT.weights(null)).hasMessage("initializer");
    assertThatThrownBy(() -> INIT.part("bias", null)).hasMessage("initializer");
    assertThatThrownBy(() -> INIT.part(null, Initializer.constant(0))).hasMessage("name");
    assertThatThrownBy(() -> INIT.part("", Initializer.constant(0)))
        .hasMessage("[init] expected the name of a part, got \"\"");
    assertThatThrownBy(() -> INIT.weights((init, _) -> init.zeros(2)).glorot(2, 3, 1))
        .hasMessageStartingWith("[init] expected float64[2, 3] of the initializer ")
        .hasMessageEndingWith(", got float64[2]");
    assertThatThrownBy(() -> INIT.weights((_, _) -> null).glorot(2, 3, 1))
        .hasMessageStartingWith("parameter of ");
    assertThatThrownBy(() -> Initializer.standard().create(INIT, 2))
        .hasMessage("[init] the standard initializer is an argument of Init only");
    assertThat(Init.seed(1).weights(Initializer.uniform(0.1)).part("bias", Initializer.constant(0)))
        .hasToString(
            "Init[float32, "
                + RandomKey.of(1)
                + ", weights uniform(0.1), parts {bias=constant(0.0)}]");
  }
}
