package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Conformance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Optimizers over 25 steps and schedules over 40, against PyTorch in float64. */
class TorchTest {
  private static final double TOLERANCE = 1e-10;

  private interface Check {
    /** Returns why the case is refused, or an empty text. */
    String run(String name, CaseOptions options, Map<String, Tensor> tensors);
  }

  @TestFactory
  Stream<DynamicTest> optimizers() throws IOException {
    return cases("torch/optimizers", TorchTest::optimizer);
  }

  @TestFactory
  Stream<DynamicTest> schedules() throws IOException {
    return cases("torch/schedules", TorchTest::schedule);
  }

  private static Stream<DynamicTest> cases(String set, Check check) throws IOException {
    JsonNode cases = new ObjectMapper().readTree(Conformance.file(set + ".json").toFile());
    Map<String, Tensor> all = tensors(Files.readAllBytes(Conformance.file(set + ".safetensors")));
    return cases
        .get("cases")
        .valueStream()
        .map(c -> {
          String name = c.get("name").asString();
          return DynamicTest.dynamicTest(
              name,
              () -> {
                Map<String, Tensor> own = new LinkedHashMap<>();
                for (JsonNode t : c.get("tensors")) {
                  own.put(t.asString(), all.get(name + "/" + t.asString()));
                }
                String refusal = check.run(name, new CaseOptions(c.get("config")), own);
                if (refusal.isEmpty()) {
                  Conformance.passed(set, name);
                } else {
                  Conformance.refused(set, name + ": " + refusal);
                }
              });
        });
  }

  private static String optimizer(String name, CaseOptions o, Map<String, Tensor> tensors) {
    String kind = name.startsWith("amsgrad") ? "adam" : name.replaceAll("-.*", "");
    Rule rule = CaseRules.of(kind, o.number("lr", Double.NaN), o);
    Schedule schedule = Schedule.inverse(o.number("lr_decay", 0));
    double accumulator = o.number("initial_accumulator_value", 0);
    double tolerance = o.number("tolerance", TOLERANCE);
    o.note("note");
    String refusal = o.refusal();
    if (!refusal.isEmpty()) {
      return refusal;
    }
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (String p : List.of("p", "q")) {
      parameters.put(p, new Parameter(tensors.get(p).select(0, 0)));
    }
    Optimizer optimizer = Optimizer.of(rule, parameters);
    if (accumulator != 0) {
      optimizer.restore(beginningWith(accumulator, optimizer.state()));
    }
    int steps = tensors.get("gradient/p").shape().dim(0);
    assertThat(steps).isEqualTo(25);
    for (int k = 0; k < steps; k++) {
      Map<Parameter, Gradient> gradients = new LinkedHashMap<>();
      for (Map.Entry<String, Parameter> e : parameters.entrySet()) {
        Tensor g = tensors.get("gradient/" + e.getKey()).select(0, k);
        gradients.put(e.getValue(), new Gradient.Dense(g));
      }
      optimizer.update(gradients, schedule.factor(optimizer.updates()));
      for (Map.Entry<String, Parameter> e : parameters.entrySet()) {
        double[] expected = tensors.get(e.getKey()).select(0, k + 1).toDoubles();
        close(e.getKey() + " " + k, e.getValue().value().toDoubles(), expected, tolerance);
      }
    }
    return "";
  }

  /** A state in which squares have been summed up already. */
  private static Map<String, Tensor> beginningWith(double accumulator, Map<String, Tensor> state) {
    Map<String, Tensor> begun = new LinkedHashMap<>(state);
    begun.replaceAll((name, t) ->
        name.startsWith("sumOfSquares/")
            ? Tensor.full(t.type(), accumulator, t.shape()).contiguous()
            : t);
    return begun;
  }

  private static String schedule(String name, CaseOptions o, Map<String, Tensor> tensors) {
    double base = o.number("base", Double.NaN);
    Schedule schedule = schedule(name, o);
    String refusal = o.refusal();
    if (!refusal.isEmpty()) {
      return refusal;
    }
    double[] rates = tensors.get("rate").toDoubles();
    assertThat(rates.length).isGreaterThanOrEqualTo(40);
    double[] actual = new double[rates.length];
    for (int k = 0; k < rates.length; k++) {
      actual[k] = base * schedule.factor(k);
    }
    close(name, actual, rates, TOLERANCE);
    return "";
  }

  private static Schedule schedule(String name, CaseOptions o) {
    switch (name) {
      case "step" -> {
        return Schedule.step((long) o.number("step_size", 0), o.number("gamma", 0.1));
      }
      case "exponential" -> {
        return Schedule.exponential(o.number("gamma", Double.NaN));
      }
      case "cosine" -> {
        o.notThereYet("eta_min", 0);
        return Schedule.cosine((long) o.number("T_max", 0));
      }
      case "cosine-restarts" -> {
        o.notThereYet("eta_min", 0);
        return Schedule.cosineWithRestarts((long) o.number("T_0", 0), (int) o.number("T_mult", 1));
      }
      case "inverse" -> {
        assertThat(o.get("lambda_").asString()).isEqualTo("1/(1+0.1k)");
        return Schedule.inverse(0.1);
      }
      case "multi-step" -> o.refuse("not there yet: milestones");
      case "one-cycle", "one-cycle-linear" ->
          o.refuse("not there yet: one cycle in PyTorch's form; Schedule.oneCycle is the paper's");
      case "cyclic-triangular2" -> o.refuse("not there yet: cyclic rates");
      case "linear-warm-up" -> o.refuse("not there yet: a warm-up from a factor");
      case "polynomial" -> o.refuse("not there yet: polynomial decay");
      case "plateau" -> o.refuse("not there yet: a plateau's threshold and cooldown");
      default -> throw new IllegalArgumentException("[case] unknown schedule: " + name);
    }
    return Schedule.constant();
  }

  private static void close(String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as("%s [%d]", what, i)
          .isCloseTo(expected[i], within(tolerance * (1 + Math.abs(expected[i]))));
    }
  }

  /** Reads float64 tensors in the layout of safetensors; the loader proper is in another module. */
  private static Map<String, Tensor> tensors(byte[] file) {
    ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(b.getLong());
    JsonNode names =
        new ObjectMapper().readTree(new String(file, 8, header, StandardCharsets.UTF_8));
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : names.properties()) {
      if (e.getKey().equals("__metadata__")) {
        continue;
      }
      assertThat(e.getValue().get("dtype").asString()).isEqualTo("F64");
      int[] dims = e.getValue().get("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
      double[] x = new double[Shape.of(dims).size()];
      b.position(8 + header + e.getValue().get("data_offsets").get(0).asInt());
      for (int i = 0; i < x.length; i++) {
        x[i] = b.getDouble();
      }
      all.put(e.getKey(), Tensor.of(Shape.of(dims), x));
    }
    return all;
  }

  @Test
  void optionsThatNobodyReadsFail() {
    JsonNode config = new ObjectMapper().readTree("{\"lr\": 1, \"foreach\": true}");
    Map<String, Tensor> none = Map.of("p", Tensor.zeros(DType.FLOAT64, Shape.of(1, 1)));
    assertThatThrownBy(() -> optimizer("sgd", new CaseOptions(config), none))
        .hasMessage("[case] options that nobody reads: [foreach]");
    JsonNode dampened = new ObjectMapper().readTree("{\"lr\": 1, \"dampening\": 0.1}");
    assertThat(optimizer("sgd", new CaseOptions(dampened), none))
        .isEqualTo("not there yet: dampening");
  }
}
