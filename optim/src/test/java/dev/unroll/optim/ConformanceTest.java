package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance;
import dev.unroll.testing.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Optimizers against what Burn, DJL, Candle and PyTorch computed, all in float64. */
@Tag("conformance")
class ConformanceTest {
  private interface Check {
    void run(JsonNode c);
  }

  @TestFactory
  Stream<DynamicTest> steps() {
    return cases(
        "optim-cases.json",
        c -> {
          String id = c.get("id").asString();
          if (id.startsWith("burn/")) {
            gradients(c);
          } else if (id.startsWith("djl/")) {
            linearLayer(c);
          } else if (id.endsWith("linear_regression")) {
            regression(c);
          } else {
            parabola(c);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> trajectories() {
    JsonNode problem = read("optim-trajectories.json").get("problem");
    return cases("optim-trajectories.json", c -> trajectory(problem, c));
  }

  private static JsonNode read(String file) {
    return new ObjectMapper().readTree(Conformance.file(file).toFile());
  }

  private static Stream<DynamicTest> cases(String file, Check check) {
    return read(file)
        .get("cases")
        .valueStream()
        .map(c -> Conformance.test("optim", c.get("id").asString(), () -> check.run(c)));
  }

  /** An optimizer as a case asks for it, and the schedule that goes with it. */
  private record Subject(Optimizer optimizer, Schedule schedule) {
    void update(Map<Parameter, Gradient> gradients) {
      optimizer.update(gradients, schedule.factor(optimizer.updates()));
    }
  }

  private static Subject subject(JsonNode c, Map<String, Parameter> parameters) {
    Fields options = new Fields(c.get("id").asString(), c.get("hyper"));
    double rate = c.get("learning_rate").asDouble();
    Rule rule = CaseRules.of(c.get("optimizer").asString(), rate, options);
    Schedule schedule = Schedule.inverse(options.number("lr_decay", 0));
    options.only("initial_accumulator", "0.0");
    options.close();
    if (c.has("weight_decay_kind")) {
      assertThat(c.get("weight_decay_kind").asString())
          .isEqualTo(
              c.get("optimizer").asString().equals("adamw")
                  ? "decoupled"
                  : "L2 added to the gradient");
    }
    return new Subject(Optimizer.of(rule, parameters), schedule);
  }

  private static double[] numbers(JsonNode array) {
    return array
        .valueStream()
        .flatMap(n -> n.isArray() ? n.valueStream() : Stream.of(n))
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static Tensor tensor(JsonNode array, int... dims) {
    return Tensor.of(Shape.of(dims), numbers(array));
  }

  private static Offset<Double> tolerance(JsonNode c) {
    return within(c.get("suggested_abs_tolerance").asDouble());
  }

  private static void gradients(JsonNode c) {
    int n = numbers(c.get("initial").get("data")).length;
    Parameter p = new Parameter(tensor(c.get("initial").get("data"), n));
    Subject o = subject(c, Map.of("p", p));
    for (JsonNode g : c.get("grads")) {
      Gradient dense = new Gradient.Dense(tensor(g.get("data"), n));
      o.update(Map.of(p, dense));
    }
    double[] expected = numbers(c.get("expected").get("data"));
    assertThat(p.value().toDoubles()).containsExactly(expected, tolerance(c));
  }

  private static void linearLayer(JsonNode c) {
    Parameter w = new Parameter(Tensor.full(DType.FLOAT64, Shape.of(10, 10), 1));
    Parameter b = new Parameter(Tensor.zeros(DType.FLOAT64, Shape.of(10)));
    Variable x = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(10, 10), 2));
    Subject o = subject(c, Map.of("w", w, "b", b));
    for (JsonNode check : c.get("checks")) {
      while (o.optimizer().updates() < check.get("step").asLong()) {
        Variable error = x.matmul(w.permute(1, 0)).add(b).affine(1, -4);
        Variable loss = error.mul(error).sum().mul(0.5 / 100);
        o.update(Gradients.of(loss, List.of(w, b)));
      }
      assertThat(w.sum().value().item() / 100)
          .isCloseTo(check.get("mean_weight").asDouble(), tolerance(c));
      assertThat(b.sum().value().item() / 10)
          .isCloseTo(check.get("mean_bias").asDouble(), tolerance(c));
    }
  }

  private static void regression(JsonNode c) {
    double[] x = {2, 1, 7, 4, -4, 12, 5, 8};
    double[] y = new double[4];
    for (int i = 0; i < 4; i++) {
      y[i] = 3 * x[2 * i] + x[2 * i + 1] - 2;
    }
    Parameter w = new Parameter(Tensor.zeros(DType.FLOAT64, Shape.of(2, 1)));
    Parameter b = new Parameter(Tensor.zeros(DType.FLOAT64, Shape.of(1)));
    Variable input = Variable.of(Tensor.of(Shape.of(4, 2), x));
    Variable target = Variable.of(Tensor.of(Shape.of(4, 1), y));
    Subject o = subject(c, Map.of("w", w, "b", b));
    JsonNode check = c.get("checks").get(0);
    for (int i = 0; i < check.get("step").asInt(); i++) {
      Variable error = input.matmul(w).add(b).sub(target);
      o.update(Gradients.of(error.mul(error).sum(), List.of(w, b)));
    }
    assertThat(w.value().toDoubles()).containsExactly(numbers(check.get("weight")), tolerance(c));
    assertThat(b.value().item()).isCloseTo(check.get("bias").asDouble(), tolerance(c));
  }

  private static void parabola(JsonNode c) {
    Parameter x = new Parameter(Tensor.scalar(DType.FLOAT64, 0));
    Subject o = subject(c, Map.of("x", x));
    JsonNode check = c.get("checks").get(0);
    for (int i = 0; i < check.get("step").asInt(); i++) {
      Variable error = x.affine(1, -4.2);
      o.update(Gradients.of(error.mul(error), List.of(x)));
    }
    assertThat(x.value().item()).isCloseTo(check.get("value").asDouble(), tolerance(c));
  }

  private static void trajectory(JsonNode problem, JsonNode c) {
    Map<String, Parameter> p =
        Map.of(
            "w1", new Parameter(tensor(problem.get("w1"), 3, 2)),
            "b1", new Parameter(tensor(problem.get("b1"), 3)),
            "w2", new Parameter(tensor(problem.get("w2"), 1, 3)),
            "b2", new Parameter(tensor(problem.get("b2"), 1)));
    Variable x = Variable.of(tensor(problem.get("x"), 3, 2));
    Subject o = subject(c, p);
    for (JsonNode sample : c.get("samples")) {
      while (o.optimizer().updates() < sample.get("after_step").asLong()) {
        Variable hidden = x.matmul(p.get("w1").permute(1, 0)).add(p.get("b1")).sigmoid();
        Variable out = hidden.matmul(p.get("w2").permute(1, 0)).add(p.get("b2")).sigmoid();
        o.update(Gradients.of(out.sum(), p.values()));
      }
      p.forEach((name, parameter) -> {
        double[] expected = numbers(sample.get("params").get(name));
        double[] actual = parameter.value().toDoubles();
        assertThat(new Tolerance(5e-4, 1e-3).difference(expected, actual)).isEmpty();
      });
    }
  }
}
