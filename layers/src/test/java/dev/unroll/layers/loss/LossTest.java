package dev.unroll.layers.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.GradCheck;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every loss against its formula written out, against differences, and against padding. */
class LossTest {
  private static final double NAN = Double.NaN;
  private static final Tensor X = RandomKey.of(4).normal(DType.FLOAT64, Shape.of(2, 3, 4), 0, 2);

  /** Of the last row of each sequence, and of all of the second but one. */
  private static final Tensor CLASSES = Tensor.of(Shape.of(2, 3), 0, 3, -1, 2, -1, -1);

  private static final Tensor VALUES =
      Tensor.of(Shape.of(2, 3, 4), values(i -> i % 3 == 2 || i > 16 ? NAN : Math.sin(i)));
  private static final Tensor CHANCES =
      Tensor.of(Shape.of(2, 3, 4), values(i -> i % 5 == 0 ? NAN : (i % 4) / 3.0));
  private static final Tensor ONE_EACH =
      Tensor.of(Shape.of(2, 3), new double[] {0.5, NAN, -1, 2, NAN, NAN});

  private interface Term {
    /** The loss of one output by its target. */
    double of(double x, double target);
  }

  /** A row of logits, and its class: the loss, and what it weighs. */
  private interface Row {
    double[] of(double[] logits, int target);
  }

  private record Line(String name, Loss loss, Tensor targets, double expected) {}

  private static double[] values(java.util.function.IntToDoubleFunction f) {
    double[] v = new double[24];
    Arrays.setAll(v, f);
    return v;
  }

  private static double mean(Tensor targets, Term term) {
    double[] x = X.toDoubles();
    double[] t = targets.toDoubles();
    double sum = 0;
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      double target = t[i * t.length / x.length];
      if (!Double.isNaN(target)) {
        sum += term.of(x[i], target);
        n++;
      }
    }
    return sum / n;
  }

  private static double mean(Row row, int ignored) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < 6; i++) {
      int target = CLASSES.toInts()[i];
      if (target >= 0 && target != ignored) {
        double[] r = row.of(Arrays.copyOfRange(X.toDoubles(), 4 * i, 4 * i + 4), target);
        sum += r[0];
        weight += r[1];
      }
    }
    return sum / weight;
  }

  private static double logProbability(double[] logits, int of) {
    return logits[of] - Math.log(Arrays.stream(logits).map(Math::exp).sum());
  }

  private static double pinball(double q, double e) {
    return Math.max(q * e, (q - 1) * e);
  }

  private static double huber(double e, double delta) {
    double a = Math.abs(e);
    return a <= delta ? e * e / 2 : delta * (a - delta / 2);
  }

  private static Stream<Line> table() {
    double[] w = {0.5, 2, 1, 3};
    double[] levels = {0.1, 0.5, 0.9, 0.3};
    double[] expectedQuantile = {0, 0};
    double[] x = X.toDoubles();
    for (int i = 0; i < 24; i++) {
      double t = ONE_EACH.toDoubles()[i / 4];
      if (!Double.isNaN(t)) {
        expectedQuantile[0] += pinball(levels[i % 4], t - x[i]);
        expectedQuantile[1]++;
      }
    }
    return Stream.of(
        new Line(
            "crossEntropy",
            Loss.crossEntropy(),
            CLASSES,
            mean((r, t) -> new double[] {-logProbability(r, t), 1}, -1)),
        new Line(
            "crossEntropy, ignoring",
            Loss.crossEntropy().ignoring(3),
            CLASSES,
            mean((r, t) -> new double[] {-logProbability(r, t), 1}, 3)),
        new Line(
            "crossEntropy, weighted",
            Loss.crossEntropy().weighted(w),
            CLASSES,
            mean((r, t) -> new double[] {-w[t] * logProbability(r, t), w[t]}, -1)),
        new Line(
            "crossEntropy, weighted and smoothed",
            Loss.crossEntropy().weighted(w).smoothed(0.2),
            CLASSES,
            mean(
                (r, t) -> {
                  double loss = -0.8 * w[t] * logProbability(r, t);
                  for (int v = 0; v < 4; v++) {
                    loss -= 0.2 / 4 * w[v] * logProbability(r, v);
                  }
                  return new double[] {loss, w[t]};
                },
                -1)),
        new Line(
            "binaryCrossEntropy",
            Loss.binaryCrossEntropy(),
            CHANCES,
            mean(
                CHANCES,
                (v, t) -> {
                  double p = 1 / (1 + Math.exp(-v));
                  return -t * Math.log(p) - (1 - t) * Math.log(1 - p);
                })),
        new Line("mse", Loss.mse(), VALUES, mean(VALUES, (v, t) -> (v - t) * (v - t))),
        new Line("mae", Loss.mae(), VALUES, mean(VALUES, (v, t) -> Math.abs(v - t))),
        new Line("huber", Loss.huber(0.7), VALUES, mean(VALUES, (v, t) -> huber(v - t, 0.7))),
        new Line(
            "quantile",
            Loss.quantile(levels),
            ONE_EACH,
            expectedQuantile[0] / expectedQuantile[1]));
  }

  @TestFactory
  Stream<DynamicTest> valueAndGradientsAreRight() {
    return table()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name,
                () -> {
                  double actual = line.loss.of(Variable.of(X), line.targets).value().item();
                  assertThat(actual).isCloseTo(line.expected, within(1e-12));
                  assertThat(
                          GradCheck.check(
                              line.name, in -> line.loss.of(in.getFirst(), line.targets), X))
                      .isEmpty();
                  assertThat(
                          GradCheck.checkSecondOrder(
                              line.name,
                              in -> line.loss.of(in.getFirst().mul(in.getFirst()), line.targets),
                              X))
                      .isEmpty();
                }));
  }

  /** What is behind the end may hold anything; without targets a loss is 0, and so its gradient. */
  @TestFactory
  Stream<DynamicTest> whereThereIsNothingToPredictNothingCounts() {
    return table()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name,
                () -> {
                  boolean classes = line.targets.type() == DType.INT32;
                  Tensor nothing =
                      Tensor.full(line.targets.type(), line.targets.shape(), classes ? -1 : NAN);
                  Parameter p = new Parameter(X);
                  Variable loss = line.loss.of(p, nothing);
                  assertThat(loss.value().item()).isZero();
                  assertThat(Gradients.of(loss, Set.of(p)).get(p).dense().toDoubles())
                      .satisfies(g -> assertThat(Arrays.stream(g).allMatch(v -> v == 0)).isTrue());
                }));
  }

  /** An empty batch, or sequences of no steps. */
  @TestFactory
  Stream<DynamicTest> nothingAtAllIsALossOfZero() {
    return table()
        .map(line ->
            DynamicTest.dynamicTest(
                line.name,
                () -> {
                  for (int axis = 0; axis < 2; axis++) {
                    Parameter p = new Parameter(X.slice(axis, 0, 0));
                    Tensor none = line.targets.slice(axis, 0, 0);
                    Variable loss = line.loss.of(p, none);
                    assertThat(loss.value().item()).isZero();
                    assertThat(line.loss.weight(none)).isZero();
                    assertThat(Gradients.of(loss, Set.of(p)).get(p).dense().shape())
                        .isEqualTo(p.shape());
                  }
                }));
  }

  /** Adding a loss without a line in the table fails here. */
  @Test
  void tableNamesEveryLoss() {
    List<String> named = table().map(l -> l.name.replaceAll(",.*", "")).distinct().toList();
    assertThat(Arrays.stream(Loss.class.getDeclaredMethods()).filter(LossTest::isFactory))
        .extracting(Method::getName)
        .containsExactlyInAnyOrderElementsOf(named);
  }

  private static boolean isFactory(Method m) {
    return Modifier.isStatic(m.getModifiers()) && Modifier.isPublic(m.getModifiers());
  }

  @Test
  void classNumbersDoForTwoClasses() {
    Variable x = Variable.of(X.slice(2, 0, 1).reshape(2, 3));
    Tensor ints = Tensor.of(Shape.of(2, 3), 1, 0, -1, 1, -1, 0);
    Tensor values = Tensor.of(Shape.of(2, 3), new double[] {1, 0, NAN, 1, NAN, 0});
    Loss loss = Loss.binaryCrossEntropy();
    assertThat(loss.of(x, ints).value().item()).isEqualTo(loss.of(x, values).value().item());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.9})
  void whereNothingCountsTheCrossEntropyIsZero(double smoothing) {
    CrossEntropy plain = Loss.crossEntropy().smoothed(smoothing);
    Tensor logits =
        Tensor.of(
            Shape.of(3, 2), NAN, 1, Double.POSITIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, 1e300);
    Tensor ignored = Tensor.of(Shape.of(3), -1, -1, -1);
    Tensor weightless = Tensor.of(Shape.of(3), 0, -1, 0);
    nothing(plain, logits, ignored);
    nothing(plain.ignoring(7), logits, Tensor.of(Shape.of(3), 7, -1, 7));
    nothing(plain.weighted(1, 2), logits, ignored);
    nothing(plain.weighted(0, 0), logits, ignored);
    nothing(plain.weighted(0, 1), logits, weightless);
    nothing(plain.weighted(0, 0), logits, weightless);
    nothing(plain, logits.slice(0, 0, 0), ignored.slice(0, 0, 0));
  }

  private static void nothing(CrossEntropy loss, Tensor logits, Tensor targets) {
    Parameter x = new Parameter(logits);
    Variable mean = loss.of(x, targets);
    assertThat(mean.value().item()).isZero();
    assertThat(loss.weight(targets)).isZero();
    double[] gradient = Gradients.of(mean, Set.of(x)).get(x).dense().toDoubles();
    assertThat(gradient).hasSize(logits.shape().size()).doesNotContain(NAN);
    assertThat(Arrays.stream(gradient).allMatch(g -> g == 0)).isTrue();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Variable x = Variable.of(X);
    assertThatThrownBy(() -> Loss.crossEntropy().of(x, CLASSES.reshape(3, 2)))
        .hasMessage(
            "[crossEntropy] expected logits [..., V] and targets [...], got [2, 3, 4] x [3, 2]");
    assertThatThrownBy(() -> Loss.crossEntropy().of(x, Tensor.full(DType.INT32, Shape.of(2, 3), 4)))
        .hasMessageContaining("4");
    assertThatThrownBy(
            () -> Loss.crossEntropy().of(x, Tensor.of(Shape.of(2, 3), 0, 3, -1, 2, 4, 0)))
        .hasMessage(
            "[crossEntropy] expected class ids from 0 to 3, or -1 for no target, got 4 at"
                + " [1, 1]");
    assertThatThrownBy(
            () -> Loss.crossEntropy().of(x, Tensor.of(Shape.of(2, 3), 0, 3, -1, 2, -2, 0)))
        .hasMessageEndingWith("got -2 at [1, 1]");
    assertThatThrownBy(() ->
            Loss.crossEntropy()
                .ignoring(-100)
                .of(x, Tensor.of(Shape.of(2, 3), 0, -100, -1, 2, -2, 0)))
        .hasMessageEndingWith("got -2 at [1, 1]");
    for (DType floating : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      assertThatThrownBy(
              () -> Loss.crossEntropy().of(x, Tensor.full(floating, Shape.of(2, 3), 0.9)))
          .hasMessage(
              "[crossEntropy] expected class ids as int32, got targets " + floating + "[2, 3]");
    }
    for (double outside : new double[] {7, -0.1, 1.1, Double.POSITIVE_INFINITY}) {
      double[] chances = CHANCES.toDoubles();
      chances[6] = outside;
      assertThatThrownBy(() -> Loss.binaryCrossEntropy().of(x, Tensor.of(X.shape(), chances)))
          .hasMessage(
              "[binaryCrossEntropy] expected probabilities in [0, 1], got "
                  + outside
                  + " at [0, 1, 2]");
    }
    assertThatThrownBy(
            () -> Loss.binaryCrossEntropy().of(x, Tensor.full(DType.INT32, X.shape(), -2)))
        .hasMessage("[binaryCrossEntropy] expected probabilities in [0, 1], got -2 at [0, 0, 0]");
    assertThatThrownBy(() -> Loss.crossEntropy().weighted(1, 2).of(x, CLASSES))
        .hasMessage("[crossEntropy] has weights of 2 classes, given [2, 3, 4]");
    assertThatThrownBy(() ->
            Loss.crossEntropy()
                .smoothed(0.1)
                .of(
                    Variable.of(Tensor.zeros(DType.FLOAT64, Shape.of(2, 0))),
                    Tensor.of(Shape.of(2), -1, -1)))
        .hasMessage("[crossEntropy] expected logits of at least one class, got [2, 0]");
    assertThatThrownBy(() -> Loss.crossEntropy().smoothed(1))
        .hasMessage("[crossEntropy] expected smoothing of at least 0 and below 1, got 1.0");
    for (double w :
        new double[] {
          -1, 1e308, 1.1e20, 9e-21, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY
        }) {
      assertThatThrownBy(() -> Loss.crossEntropy().weighted(1, w))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("[crossEntropy] expected weights of 0 or from 1.0E-20 to 1.0E20, got " + w);
    }
    assertThatThrownBy(() -> Loss.mse().of(x, ONE_EACH))
        .hasMessage("[mse] expected outputs and targets of one shape, got [2, 3, 4] x [2, 3]");
    assertThatThrownBy(() -> Loss.mae().of(x, Tensor.full(DType.INT32, X.shape(), 4)))
        .hasMessage("[mae] expected values, got int32[2, 3, 4]");
    assertThatThrownBy(() -> Loss.huber(0)).hasMessage("[huber] delta must be above 0, not 0.0");
    assertThatThrownBy(() -> Loss.quantile(0.5, 1))
        .hasMessage("[quantile] expected levels between 0 and 1, got [0.5, 1.0]");
    assertThatThrownBy(() -> Loss.quantile(0.5).of(x, ONE_EACH))
        .hasMessage(
            "[quantile] expected outputs [..., 1] and targets [...], got [2, 3, 4] x [2, 3]");
  }

  /** However large or small weights are, it is their proportion that counts. */
  @Test
  void weightsOfAnySizeHaveTheSameMean() {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Variable logits = Variable.of(RandomKey.of(5).normal(type, Shape.of(2, 3, 4), 0, 1));
      for (double smoothing : new double[] {0, 0.2}) {
        CrossEntropy plain = Loss.crossEntropy().smoothed(smoothing);
        double expected = plain.weighted(1, 1, 1, 1).of(logits, CLASSES).value().item();
        for (double w : new double[] {1e-20, 1e20}) {
          CrossEntropy loss = plain.weighted(w, w, w, w);
          assertThat(loss.of(logits, CLASSES).value().item())
              .as("%s, weights %s, smoothing %s", type, w, smoothing)
              .isCloseTo(expected, within(1e-6));
          assertThat(loss.weight(CLASSES)).isPositive().isFinite();
        }
      }
    }
  }

  @Test
  @SuppressWarnings("NullAway") // Null is what is tested.
  void nullArgumentsAreNamed() {
    Variable x = Variable.of(X);
    Map<String, ThrowingCallable> calls =
        Map.of(
            "ofClasses", () -> Loss.crossEntropy().weighted((double[]) null),
            "levels", () -> Loss.quantile((double[]) null),
            "weights", () -> new CrossEntropy(-1, null, 0),
            "weight", () -> new CrossEntropy(-1, Arrays.asList(1.0, null), 0));
    calls.forEach((name, call) -> isNull(name, call));
    for (Loss loss :
        List.of(
            Loss.crossEntropy(),
            Loss.crossEntropy().ignoring(3).weighted(1, 2, 3, 4),
            Loss.binaryCrossEntropy(),
            Loss.mse(),
            Loss.mae(),
            Loss.huber(1),
            Loss.quantile(0.5))) {
      isNull("targets", () -> loss.of(x, null));
      isNull("output", () -> loss.of(null, X));
      isNull("targets", () -> loss.weight(null));
    }
  }

  private static void isNull(String name, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
  }
}
