package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.foreign.ForeignWeights;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Conformance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Weights files that PyTorch wrote, as cells: they compute what PyTorch computed. */
@Tag("conformance")
class PyTorchWeightsTest {
  private static final String SET = "pytorch-safetensors";

  @TestFactory
  Stream<DynamicTest> cellsMadeOfWeightsFilesAgree() {
    Path folder = Conformance.file(SET);
    Path cases = Conformance.file("pytorch-cases.json");
    return new ObjectMapper()
        .readTree(cases.toFile())
        .get("cases")
        .valueStream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.get("id").asString(),
                () -> {
                  check(folder, c);
                  Conformance.passed(SET, c.get("id").asString());
                }));
  }

  private static void check(Path folder, JsonNode c) throws IOException {
    String file = c.get("id").asString().replace("/", "__") + ".safetensors";
    Map<String, Tensor> weights = Safetensors.read(folder.resolve(file)).tensors();
    List<Tensor> outputs = new ArrayList<>();
    for (String suffix :
        c.get("bidirectional").asBoolean() ? List.of("_l0", "_l0_reverse") : List.of("_l0")) {
      outputs.add(outputs(c, cell(c, weights, suffix), suffix.endsWith("reverse")));
    }
    JsonNode expected = c.get("expected").get("output");
    if (expected == null) {
      expected = c.get("expected").get("h_n");
      outputs.replaceAll(o -> o.select(0, o.shape().dim(0) - 1));
    }
    double[] want = tensor(expected).toDoubles();
    double[] got = Join.concat(outputs.getFirst().shape().rank() - 1, outputs).toDoubles();
    assertThat(got).hasSameSizeAs(want);
    for (int i = 0; i < want.length; i++) {
      assertThat(got[i]).isCloseTo(want[i], within(c.get("abs_tolerance").asDouble()));
    }
  }

  private static Cell<?> cell(JsonNode c, Map<String, Tensor> all, String suffix) {
    Tensor w = all.get("rnn.weight_ih" + suffix);
    Tensor u = all.get("rnn.weight_hh" + suffix);
    Tensor in = all.get("rnn.bias_ih" + suffix);
    Tensor past = all.get("rnn.bias_hh" + suffix);
    ForeignWeights pytorch = ForeignWeights.PYTORCH;
    return switch (c.get("module").asString()) {
      case "torch.nn.LSTM" -> pytorch.lstm(w, u, in, past);
      case "torch.nn.GRU" -> pytorch.gru(w, u, in, past);
      default -> pytorch.rnn(w, u, in, past);
    };
  }

  private static <S extends State<S>> Tensor outputs(JsonNode c, Cell<S> cell, boolean backward) {
    Unroll<S> unroll = backward ? Unroll.backward(cell) : Unroll.of(cell);
    Tensor x = tensor(c.get("input")).permute(1, 0, 2);
    Variable in = Variable.of(x.to(cell.parameters().values().iterator().next().type()));
    S start = cell.initialState(x.shape().dim(0), in.type());
    if (c.has("h_0")) {
      List<Variable> given = new ArrayList<>(start.variables());
      int direction = backward ? 1 : 0;
      given.set(0, Variable.of(tensor(c.get("h_0")).select(0, direction).to(in.type())));
      start = start.with(given);
    }
    return unroll.apply(in, start, Mode.evaluation()).outputs().value().permute(1, 0, 2);
  }

  private static Tensor tensor(JsonNode n) {
    int[] dims = n.get("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
    return Tensor.of(
        Shape.of(dims), n.get("data").valueStream().mapToDouble(JsonNode::asDouble).toArray());
  }
}
