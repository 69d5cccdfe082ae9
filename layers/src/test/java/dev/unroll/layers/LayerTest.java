package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.loss.Loss;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tree of layers can do: names, tables, sharing, freezing, copying. */
class LayerTest {
  private static final Init INIT = new Init(DType.FLOAT64, RandomKey.of(1));

  /** An embedding whose vectors are the weights of the output too. */
  private record Tied(Embedding embedding, Sequential middle, TiedLinear head) implements Layer {
    static Tied of(Init init) {
      Embedding e = Embedding.of(7, 3, init.at("embedding"));
      return new Tied(
          e,
          Sequential.of(Linear.of(3, 3, init.at("middle")), Activation.tanh(), new Dropout(0.2)),
          TiedLinear.of(e, init));
    }

    Variable apply(Variable codes, Mode mode) {
      return head.apply(middle.apply(embedding.apply(codes), mode));
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("embedding", embedding).layer("middle", middle).layer("head", head);
    }
  }

  private static final Variable CODES = Variable.of(Tensor.of(Shape.of(2, 2), 1, 1, 5, 3));
  private static final Tensor TARGETS = Tensor.of(Shape.of(2, 2), 1, 5, 3, 0);

  @Test
  void theSummaryNamesEachWeightOnce() {
    assertThat(Tied.of(INIT).summary())
        .isEqualTo(
            """
            parameter         shape         weights
            embedding.weight  [7, 3]             21
            middle.0.weight   [3, 3]              9
            middle.0.bias     [3]                 3
            head.bias         [7]                 7
            all                                  40
            """
                .replace("\n", System.lineSeparator()));
  }

  @Test
  void sharedWeightsReceiveTheSumOfBothGradients() {
    Tied model = Tied.of(INIT);
    Parameter shared = model.embedding.weight();
    Variable loss = Loss.crossEntropy().of(model.apply(CODES, Mode.evaluation()), TARGETS);
    double[] both = Gradients.of(loss, List.of(shared)).get(shared).dense().toDoubles();
    Parameter in = new Parameter(shared.value());
    Parameter out = new Parameter(shared.value());
    Tied apart = new Tied(new Embedding(in), model.middle, new TiedLinear(out, model.head.bias()));
    Variable other = Loss.crossEntropy().of(apart.apply(CODES, Mode.evaluation()), TARGETS);
    Map<Parameter, Gradient> g = Gradients.of(other, List.of(in, out));
    double[] a = g.get(in).dense().toDoubles();
    double[] b = g.get(out).dense().toDoubles();
    for (int i = 0; i < both.length; i++) {
      assertThat(both[i]).isCloseTo(a[i] + b[i], within(1e-12));
    }
  }

  @Test
  void frozenPartsAreNotAmongWhatIsTrained() {
    Tied model = Tied.of(INIT);
    assertThat(model.parametersWithout("embedding", "middle.0.bias").keySet())
        .containsExactly("middle.0.weight", "head.bias");
    assertThatThrownBy(() -> model.parametersWithout("embed"))
        .hasMessage(
            "[layer] there is no \"embed\" to freeze; there are: [embedding.weight,"
                + " middle.0.weight, middle.0.bias, head.bias]");
  }

  @Test
  void aCopyIsEqualAndApart() {
    Tied model = Tied.of(INIT);
    Tied copy = Tied.of(INIT.at("other"));
    copy.copyFrom(model);
    Tensor before = model.apply(CODES, Mode.evaluation()).value();
    assertThat(copy.apply(CODES, Mode.evaluation()).value().sameBits(before)).isTrue();
    copy.embedding.weight().update(Tensor.zeros(DType.FLOAT64, Shape.of(7, 3)));
    assertThat(model.apply(CODES, Mode.evaluation()).value().sameBits(before)).isTrue();
    assertThatThrownBy(() -> copy.copyFrom(model.embedding))
        .hasMessageStartingWith("[load] the values do not match this model: missing");
    assertThat(copy.head.bias().version()).isEqualTo(1); // of the first copy
  }

  @Test
  void anEmbeddingSendsBackRowsAndPaddingIsZero() {
    Embedding e = Embedding.of(10, 2, INIT).padding(7);
    Variable ids = Variable.of(Tensor.of(Shape.of(2, 2), 1, 1, 7, 3));
    Variable y = e.apply(ids);
    assertThat(y.value().select(0, 1).select(0, 0).toDoubles()).containsExactly(0, 0);
    Gradient g = Gradients.of(y.sum(), List.of(e.weight())).get(e.weight());
    assertThat(((Gradient.Sparse) g).ids().toInts()).containsExactly(1, 3, 7);
    assertThat(g.values().toDoubles()).containsExactly(2, 2, 1, 1, 0, 0);
    assertThatThrownBy(() -> e.padding(10))
        .hasMessage("[embedding] expected a padding id from 0 to 9, got 10");
  }

  @Test
  void dropoutKeepsTheMeanAndEachPlaceHasItsOwn() {
    Dropout dropout = new Dropout(0.3);
    Variable ones = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(100, 100), 1));
    Mode mode = Mode.training(RandomKey.of(4));
    double[] a = dropout.apply(ones, mode.at("a")).value().toDoubles();
    double[] b = dropout.apply(ones, mode.at("b")).value().toDoubles();
    double kept = 0;
    double both = 0;
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i] == 0 || Math.abs(a[i] - 1 / 0.7) < 1e-12).isTrue();
      kept += a[i] == 0 ? 0 : 1;
      both += a[i] == 0 || b[i] == 0 ? 0 : 1;
    }
    assertThat(kept / a.length).isCloseTo(0.7, within(0.02));
    assertThat(both / a.length).isCloseTo(0.49, within(0.02));
    assertThat(dropout.apply(ones, mode.at("a")).value().toDoubles()).isEqualTo(a);
    assertThat(dropout.apply(ones, Mode.evaluation())).isSameAs(ones);
    assertThatThrownBy(() -> new Dropout(1))
        .hasMessage("[dropout] expected a rate of at least 0 and below 1, got 1.0");
  }

  @Test
  void normsGiveTheSpreadOfTheirFormula() {
    Variable x = Variable.of(RandomKey.of(2).normal(DType.FLOAT64, Shape.of(50), 3, 2));
    double[] layer = LayerNorm.of(50, INIT).apply(x).value().toDoubles();
    double[] rms = RmsNorm.of(50, INIT).apply(x).value().toDoubles();
    double mean = 0;
    double square = 0;
    double rmsSquare = 0;
    for (int i = 0; i < 50; i++) {
      mean += layer[i] / 50;
      square += layer[i] * layer[i] / 50;
      rmsSquare += rms[i] * rms[i] / 50;
      assertThat(rms[i] / rms[0]).isCloseTo(x.value().get(i) / x.value().get(0), within(1e-12));
    }
    assertThat(mean).isCloseTo(0, within(1e-12));
    assertThat(square).isCloseTo(1, within(1e-4));
    assertThat(rmsSquare).isCloseTo(1, within(1e-4));
  }

  @Test
  void flattenJoinsTheLastAxes() {
    Variable x = Variable.of(Tensor.zeros(DType.FLOAT32, Shape.of(2, 3, 4, 5)));
    assertThat(new Flatten(2).apply(x).shape()).isEqualTo(Shape.of(2, 3, 20));
    assertThat(new Flatten(1).apply(x).shape()).isEqualTo(x.shape());
    assertThatThrownBy(() -> new Flatten(5).apply(x))
        .hasMessage("[flatten] expected 5 axes, got [2, 3, 4, 5]");
    assertThatThrownBy(() -> new Flatten(0))
        .hasMessage("[flatten] expected at least one axis, got 0");
  }

  @Test
  void oneVectorIsAMatrixOfOneRow() {
    Init init = new Init(DType.FLOAT64, RandomKey.of(4));
    Variable x = Variable.of(Tensor.of(Shape.of(3), new double[] {1, -2, 3}));
    Variable row = x.reshape(Shape.of(1, 3));
    List<Deterministic> layers =
        List.of(
            Linear.of(3, 2, init),
            TiedLinear.of(Embedding.of(5, 3, init), init),
            LayerNorm.of(3, init),
            RmsNorm.of(3, init),
            new Flatten(1),
            Activation.tanh());
    for (Deterministic layer : layers) {
      Variable y = layer.apply(row);
      assertThat(layer.apply(x).shape()).isEqualTo(y.shape().without(0));
      assertThat(layer.apply(x).value().toDoubles()).containsExactly(y.value().toDoubles());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1e4, -1e8, 1e8, 3e8, 1e12})
  void aLargeMeanOfANormalizedRowIsNotRounded(double mean) {
    double deviation = Math.max(1, Math.abs(mean) * 1e-6);
    Tensor x = RandomKey.of(5).normal(DType.FLOAT32, Shape.of(4, 250), mean, deviation);
    Tensor weights = RandomKey.of(6).normal(DType.FLOAT32, x.shape(), 0, 1);
    close(normalized(x, weights), normalized(x.to(DType.FLOAT64), weights.to(DType.FLOAT64)));
  }

  /** Normalized rows, and the gradient by them in units of one over the deviation. */
  private static double[][] normalized(Tensor x, Tensor weights) {
    Parameter in = new Parameter(x);
    Variable y = LayerNorm.of(250, new Init(x.type(), RandomKey.of(1))).apply(in);
    Gradient g = Gradients.of(y.mul(Variable.of(weights)).sum(), Set.of(in)).get(in);
    double[] gradient = g.dense().toDoubles();
    double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    return new double[][] {
      y.value().toDoubles(), Arrays.stream(gradient).map(v -> v / largest).toArray()
    };
  }

  private static void close(double[][] rounded, double[][] exact) {
    for (int i = 0; i < exact.length; i++) {
      for (int k = 0; k < exact[i].length; k++) {
        assertThat(rounded[i][k]).isCloseTo(exact[i][k], within(5e-6));
      }
    }
  }
}
