package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.Fields;
import dev.unroll.testing.TorchCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.ObjectMapper;

/** Optimizers over 25 steps and schedules over 40, against PyTorch in float64. */
class TorchTest {
  @TestFactory
  Stream<DynamicTest> optimizers() {
    return all("optimizers").stream()
        .map(c -> Conformance.test("torch/optimizers", c.name(), () -> optimizer(c)));
  }

  @TestFactory
  Stream<DynamicTest> schedules() {
    return all("schedules").stream()
        .map(c -> Conformance.test("torch/schedules", c.name(), () -> schedule(c)));
  }

  private static Tensor tensor(TorchCase c, String name) {
    TorchCase.Values v = c.tensor(name);
    return Tensor.of(Shape.of(v.shape()), v.data());
  }

  private static List<TorchCase> all(String set) {
    return TorchCase.all(set, (t, expected, got) -> Tolerance.of(t).difference(expected, got));
  }

  private static void optimizer(TorchCase c) {
    Fields o = c.config();
    // The case of the name says the rest in its options.
    String kind = c.name().startsWith("amsgrad") ? "adam" : c.name().replaceAll("-.*", "");
    Rule rule = CaseRules.of(kind, o.number("lr", Double.NaN), o);
    Schedule schedule = Schedule.inverse(o.number("lr_decay", 0));
    double accumulator = o.number("initial_accumulator_value", 0);
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    Map<String, double[]> got = new LinkedHashMap<>();
    for (String p : List.of("p", "q")) {
      Tensor all = tensor(c, p);
      parameters.put(p, new Parameter(all.select(0, 0)));
      double[] path = new double[all.shape().size()];
      got.put(p, path);
      assertThat(all.shape().dim(0)).isEqualTo(26);
    }
    Optimizer optimizer = Optimizer.of(rule, parameters);
    if (accumulator != 0) {
      optimizer.restore(beginningWith(accumulator, optimizer.state()));
    }
    for (int k = 0; k <= 25; k++) {
      Map<Parameter, Gradient> gradients = new LinkedHashMap<>();
      for (Map.Entry<String, Parameter> e : parameters.entrySet()) {
        double[] now = e.getValue().value().toDoubles();
        System.arraycopy(now, 0, got.get(e.getKey()), k * now.length, now.length);
        if (k < 25) {
          Tensor g = tensor(c, "gradient/" + e.getKey()).select(0, k);
          gradients.put(e.getValue(), new Gradient.Dense(g));
        }
      }
      optimizer.update(gradients, schedule.factor(optimizer.updates()));
    }
    got.forEach((p, path) -> c.compare(p, c.tensor(p).shape(), path));
    c.end();
  }

  /** A state in which squares have been summed up already. */
  private static Map<String, Tensor> beginningWith(double accumulator, Map<String, Tensor> state) {
    Map<String, Tensor> begun = new LinkedHashMap<>(state);
    begun.replaceAll((name, t) ->
        name.startsWith("sumOfSquares/")
            ? Tensor.full(t.type(), t.shape(), accumulator).contiguous()
            : t);
    return begun;
  }

  private static void schedule(TorchCase c) {
    Fields o = c.config();
    double base = o.number("base", Double.NaN);
    Schedule schedule = schedule(c.name(), o);
    double[] rates = new double[41];
    for (int k = 0; k < rates.length; k++) {
      rates[k] = base * schedule.factor(k);
    }
    c.compare("rate", new int[] {rates.length}, rates);
    c.end();
  }

  private static Schedule schedule(String name, Fields o) {
    return switch (name) {
      case "step" -> Schedule.step(o.integer("step_size", 0), o.number("gamma", 0.1));
      case "exponential" -> Schedule.exponential(o.number("gamma", Double.NaN));
      case "cosine" -> {
        o.only("eta_min", "0.0");
        yield Schedule.cosine(o.integer("T_max", 0));
      }
      case "cosine-restarts" -> {
        o.only("eta_min", "0.0");
        yield Schedule.cosineWithRestarts(o.integer("T_0", 0), o.integer("T_mult", 1));
      }
      case "inverse" -> {
        o.only("lambda_", "1/(1+0.1k)");
        yield Schedule.inverse(0.1);
      }
      case "multi-step" -> throw new NotThereException("milestones");
      case "one-cycle", "one-cycle-linear" ->
          throw new NotThereException("one cycle in PyTorch's form (Schedule.oneCycle is Smith's)");
      case "cyclic-triangular2" -> throw new NotThereException("cyclic rates");
      case "linear-warm-up" -> throw new NotThereException("warm-up from a factor");
      case "polynomial" -> throw new NotThereException("polynomial decay");
      case "plateau" -> throw new NotThereException("threshold and cooldown of a plateau");
      default -> throw new AssertionError("unknown schedule: " + name);
    };
  }

  @Test
  void optionsThatNobodyReadsFail() {
    Fields unknown =
        new Fields("sgd", new ObjectMapper().readTree("{\"momentum\": 0.9, \"foreach\": true}"));
    assertThat(CaseRules.of("sgd", 1, unknown)).isEqualTo(new Momentum(1, 0.9));
    assertThatThrownBy(unknown::close).hasMessageContaining("does not consume [foreach=true]");
    Fields dampened = new Fields("sgd", new ObjectMapper().readTree("{\"dampening\": 0.1}"));
    assertThatThrownBy(() -> CaseRules.of("sgd", 1, dampened))
        .isInstanceOf(NotThereException.class);
    Fields amsgrad = new Fields("adam", new ObjectMapper().readTree("{\"amsgrad\": true}"));
    assertThat(CaseRules.of("adam", 0.001, amsgrad)).isEqualTo(new AmsGrad());
  }
}
