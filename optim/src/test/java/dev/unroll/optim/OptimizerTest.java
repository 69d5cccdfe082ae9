package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.optim.builtin.BuiltInOptimizers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
  private static Parameter parameter(double... x) {
    return new Parameter(Tensor.of(Shape.of(x.length), x));
  }

  private static Map<Parameter, Gradient> gradient(Parameter p, double... g) {
    return Map.of(p, new Gradient.Dense(Tensor.of(Shape.of(g.length), g)));
  }

  @Test
  void adamFollowsThePaper() {
    Parameter p = parameter(0.5, -2);
    Optimizer adam = Optimizer.of(new Adam(0.1), Map.of("p", p));
    double[] theta = {0.5, -2};
    double[] m = new double[2];
    double[] v = new double[2];
    for (int t = 1; t <= 5; t++) {
      double[] g = {t, -0.25 * t};
      adam.update(gradient(p, g));
      for (int i = 0; i < 2; i++) {
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        double m1 = m[i] / (1 - Math.pow(0.9, t));
        double v1 = v[i] / (1 - Math.pow(0.999, t));
        theta[i] -= 0.1 * m1 / (Math.sqrt(v1) + 1e-8);
      }
      assertThat(p.value().toDoubles()).containsExactly(theta, within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyOptimizerDescends(Rule rule) {
    Parameter p = parameter(1, -1, 0.5);
    Optimizer o = Optimizers.named(rule.name(), Map.of("p", p));
    double before = p.mul(p).sum().value().item();
    for (int i = 0; i < 100; i++) {
      o.update(Gradients.of(p.mul(p).sum(), List.of(p)));
    }
    assertThat(p.mul(p).sum().value().item()).isLessThan(before - 1e-3);
    assertThat(o.updates()).isEqualTo(100);
  }

  private static Stream<Rule> rules() {
    return BuiltInOptimizers.rules();
  }

  @Test
  void groupsFollowRulesOfTheirOwn() {
    Parameter a = parameter(1);
    Parameter b = parameter(1);
    Optimizer o =
        Optimizer.of(
            List.of(
                new Optimizer.Group(new Sgd(0.5), Map.of("a", a)),
                new Optimizer.Group(new DecoupledDecay(new Sgd(0.1), 1), Map.of("b", b))));
    Tensor one = Tensor.of(Shape.of(1), 1.0);
    o.update(Map.of(a, new Gradient.Dense(one), b, new Gradient.Dense(one)), 0.5);
    assertThat(a.value().item()).isEqualTo(1 - 0.25);
    assertThat(b.value().item()).isEqualTo(1 - 0.05 - 0.05);
    assertThat(o.parameters()).containsOnlyKeys("a", "b");
  }

  @Test
  void groupsShareNothing() {
    Parameter a = parameter(1);
    Optimizer.Group one = new Optimizer.Group(new Sgd(), Map.of("a", a));
    assertThatThrownBy(() -> Optimizer.of(List.of(one, one)))
        .hasMessage("[optimizer] two groups have the parameter \"a\"");
    Optimizer.Group other = new Optimizer.Group(new Sgd(), Map.of("a", parameter(2)));
    assertThatThrownBy(() -> Optimizer.of(List.of(one, other)))
        .hasMessage("[optimizer] two groups name a parameter \"a\"");
  }

  @Test
  void aFactorOutsideIsRefused() {
    Parameter p = parameter(1);
    Optimizer o = Optimizer.of(new Sgd(), Map.of("p", p));
    assertThatThrownBy(() -> o.update(gradient(p, 1), Double.NaN))
        .hasMessage("[optim] factor must be finite and at least 0, not NaN");
    assertThat(p.value().item()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void restoredStateGoesOnToTheBit(Rule rule) {
    String name = rule.name();
    Tensor start = RandomKey.of(5).normal(DType.FLOAT32, Shape.of(7, 3), 0, 1);
    Parameter a = new Parameter(start);
    Optimizer first = Optimizers.named(name, Map.of("p", a));
    steps(first, a, 3);
    Parameter b = new Parameter(a.value());
    Optimizer second = Optimizers.named(name, Map.of("p", b));
    second.restore(first.state());
    steps(first, a, 4);
    steps(second, b, 4);
    assertThat(b.value().sameBits(a.value())).isTrue();
  }

  private static void steps(Optimizer o, Parameter p, int n) {
    for (int i = 0; i < n; i++) {
      o.update(Gradients.of(p.mul(p).mul(p).sum(), List.of(p)));
    }
  }

  @Test
  void parametersWithoutGradientStayAndSoDoesTheirState() {
    Parameter a = parameter(1);
    Parameter b = parameter(2);
    Optimizer adam = Optimizer.of(new Adam(), Map.of("a", a, "b", b));
    adam.update(gradient(a, 3));
    assertThat(b.value().item()).isEqualTo(2);
    assertThat(b.version()).isZero();
    assertThat(adam.state()).containsKeys("firstMoment/a", "secondMoment/b", "updates/b");
    assertThat(adam.state().get("updates/b").item()).isZero();
  }

  @Test
  void embeddingGradientsMoveOnlyTheirRowsUnderSgd() {
    Parameter table = new Parameter(Tensor.full(DType.FLOAT64, Shape.of(4, 2), 1));
    Variable rows = table.gather(Variable.of(Tensor.of(Shape.of(3), new int[] {2, 0, 2})));
    Optimizer sgd = Optimizer.of(new Sgd(0.5), Map.of("table", table));
    sgd.update(Gradients.of(rows.sum(), List.of(table)));
    assertThat(table.value().toDoubles()).containsExactly(0.5, 0.5, 1, 1, 0, 0, 1, 1);
  }

  @Test
  void sparseUpdatesAreLazy() {
    Parameter table = new Parameter(Tensor.of(Shape.of(3, 2), 1.0, 2, 3, 4, 5, 6));
    Parameter row = parameter(3, 4);
    Optimizer sparse = Optimizer.of(new Adam(0.1), Map.of("table", table));
    Optimizer dense = Optimizer.of(new Adam(0.1), Map.of("row", row));
    Tensor g = Tensor.of(Shape.of(1, 2), 0.5, -2.0);
    for (int i = 0; i < 3; i++) {
      sparse.update(Map.of(table, new Gradient.Sparse(Tensor.of(Shape.of(1), 1), g, 3)));
      dense.update(gradient(row, 0.5, -2));
    }
    Tensor moved = table.keep();
    assertThat(moved.slice(0, 1, 2).toDoubles()).isEqualTo(row.value().toDoubles());
    assertThat(moved.slice(0, 0, 1).toDoubles()).containsExactly(1, 2);
    sparse.update(Map.of(table, new Gradient.Sparse(Tensor.of(Shape.of(1), 2), g, 3)));
    assertThat(table.value().slice(0, 0, 2).toDoubles())
        .isEqualTo(moved.slice(0, 0, 2).toDoubles());
    assertThat(table.value().get(2, 0)).isLessThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd"})
  void theFactorOfAGradientIsPartOfIt(String name) {
    Parameter p = parameter(1, -1);
    Parameter q = parameter(1, -1);
    Gradient g = new Gradient.Dense(Tensor.of(Shape.of(2), 4.0, -8.0));
    Optimizers.named(name, Map.of("p", p)).update(Map.of(p, g.scaled(0.25)));
    Optimizers.named(name, Map.of("q", q)).update(gradient(q, 1, -2));
    assertThat(p.value().toDoubles()).isEqualTo(q.value().toDoubles());
  }

  /** Of Adam and AdamW, or Momentum and Nesterov, the memory has the same names. */
  @Test
  void theStateOfAnotherRuleIsRefused() {
    List<Rule> rules =
        List.of(
            new Sgd(),
            new Momentum(),
            new Nesterov(),
            new Adam(),
            new AdamW(),
            new CoupledDecay(new Adam(), 0.1),
            new DecoupledDecay(new Adam(), 0.1),
            new RmsProp(),
            new RmsProp(0.1, 0.9, 1e-8, 0.5));
    for (Rule saved : rules) {
      for (Rule given : rules) {
        Map<String, Tensor> state = Optimizer.of(saved, Map.of("p", parameter(1))).state();
        Optimizer o = Optimizer.of(given, Map.of("p", parameter(1)));
        if (saved.equals(given)) {
          o.restore(state);
        } else if (!saved.name().equals(given.name())) {
          assertThatThrownBy(() -> o.restore(state))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("rule/" + given.name())
              .hasMessageContaining("unknown [")
              .hasMessageContaining("rule/" + saved.name());
        }
      }
    }
  }

  @Test
  void groupsThatChangedPlacesAreRefused() {
    Map<String, Tensor> state = groups("a", "b").state();
    groups("a", "b").restore(state);
    assertThatThrownBy(() -> groups("b", "a").restore(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("[restore] \"rule/momentum\" expected [1.0], got [0.0]");
  }

  private static Optimizer groups(String momentum, String nesterov) {
    return Optimizer.of(
        List.of(
            new Optimizer.Group(new Momentum(), Map.of(momentum, parameter(1))),
            new Optimizer.Group(new Nesterov(), Map.of(nesterov, parameter(1)))));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theIdentityHasEverythingButTheLearningRate(Rule rule) {
    assertThat(rule.identity()).startsWith(rule.name());
    assertThat(Optimizer.of(rule, Map.of("p", parameter(1))).identity()).isEqualTo(rule.identity());
  }

  @Test
  void hyperparametersAreOfTheIdentity() {
    assertThat(new Adam(0.1).identity())
        .isEqualTo(new Adam(0.2).identity())
        .isEqualTo("adam beta1=0.9 beta2=0.999 epsilon=1.0E-8");
    assertThat(new AdamW(new Adam(), 0.1).identity())
        .isEqualTo("adamw decay=0.1 over adam beta1=0.9 beta2=0.999 epsilon=1.0E-8");
    assertThat(new CoupledDecay(new Momentum(1, 0.5), 0.1).identity())
        .isEqualTo("momentum with coupled decay=0.1 over momentum momentum=0.5");
  }

  @Test
  void nullArgumentsAreNamed() {
    Parameter p = parameter(1);
    Map<String, Parameter> none = new HashMap<>();
    none.put("p", null);
    Map<Parameter, Gradient> gradients = new HashMap<>();
    gradients.put(p, null);
    Map<String, Tensor> state = new HashMap<>();
    state.put("updates", null);
    Optimizer o = Optimizer.of(new Sgd(), Map.of("p", p));
    named("rule", () -> Optimizer.of(null, Map.of("p", p)));
    named("parameters", () -> Optimizer.of(new Sgd(), null));
    named("parameters: \"p\"", () -> Optimizer.of(new Sgd(), none));
    named("groups", () -> Optimizer.of(null));
    named("name", () -> Optimizers.named(null, Map.of()));
    named("parameters", () -> Optimizers.named("sgd", null));
    named("gradients", () -> o.update(null));
    named("gradient of \"p\"", () -> o.update(gradients));
    named("parameter", () -> o.update(Collections.singletonMap(null, null)));
    named("state", () -> o.restore(null));
    named("state: \"updates\"", () -> o.restore(state));
    named("state", () -> Schedule.constant().restore(null));
    named("adam", () -> new AdamW(null, 0.1));
    named("adam", () -> new AmsGrad(null));
    named("rule", () -> new CoupledDecay(null, 0.1));
    named("rule", () -> new DecoupledDecay(null, 0.1));
    named("place", () -> new CenteredRmsProp(0.1, 0.9, 0.1, 0.9, null));
    named("parameters", () -> new WeightAverage(0.5, null));
    named("parameters: \"p\"", () -> new WeightAverage(0.5, none));
    named("work", () -> new WeightAverage(0.5, Map.of()).during(null));
    Map<String, Parameter> nameless = Collections.singletonMap(null, p);
    named("parameters: a name", () -> Optimizer.of(new Sgd(), nameless));
    named("parameters: a name", () -> Optimizers.named("sgd", nameless));
    assertThat(p.version()).isZero();
  }

  private static void named(String argument, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument);
  }

  @Test
  void badInputIsNamed() {
    Parameter p = parameter(1, 2);
    assertThatThrownBy(() -> Optimizers.named("adma", Map.of("p", p)))
        .hasMessage("no optimizer named \"adma\"; found: " + String.join(", ", Optimizers.names()));
    assertThatThrownBy(() -> new Adam(-1))
        .hasMessage("[optim] learningRate must be finite and at least 0, not -1.0");
    assertThatThrownBy(() -> new Adam(0.1, 1, 0.9, 1e-8))
        .hasMessage("[optim] beta1 must be finite and at least 0 and below 1, not 1.0");
    Optimizer o = Optimizer.of(new Adam(), Map.of("p", p));
    assertThatThrownBy(() -> o.update(gradient(p, 1, 2, 3)))
        .hasMessage("[update] expected a gradient of \"p\" that is float64 [2], got float64 [3]");
    assertThatThrownBy(() -> o.update(gradient(parameter(1), 1)))
        .hasMessageContaining("not a parameter of this optimizer; it has [p]");
    Map<String, Tensor> foreign = Optimizer.of(new Sgd(), Map.of("p", p)).state();
    assertThatThrownBy(() -> o.restore(foreign))
        .hasMessageContaining(
            "missing [firstMoment/p, rule/adam, secondMoment/p], unknown [rule/sgd]");
  }
}
