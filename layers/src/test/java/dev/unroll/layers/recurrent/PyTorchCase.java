package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One recurrent module of PyTorch: input [T, B, I], weights by the names of its state_dict. */
final class PyTorchCase {
  private PyTorchCase() {}

  static void check(JsonNode c) {
    switch (c.get("module").asString()) {
      case "torch.nn.LSTM" -> run(c, s -> lstm(c, s));
      case "torch.nn.GRU" -> run(c, s -> gru(c, s));
      case "torch.nn.RNN" -> run(c, s -> rnn(c, s));
      default -> throw new IllegalArgumentException(c.get("module").asString());
    }
  }

  private interface Maker<S extends State<S>> {
    Cell<S> cell(String suffix);
  }

  private static <S extends State<S>> void run(JsonNode c, Maker<S> maker) {
    assertThat(c.get("num_layers").asInt()).isEqualTo(1);
    Variable x = Variable.of(OnnxCase.tensor(c.get("input")).permute(1, 0, 2));
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> last = new ArrayList<>();
    for (int d = 0; d < (c.get("bidirectional").asBoolean() ? 2 : 1); d++) {
      Cell<S> cell = maker.cell(d == 0 ? "_l0" : "_l0_reverse");
      Unroll<S> unroll = d == 0 ? Unroll.of(cell) : Unroll.backward(cell);
      S state = cell.initialState(x.shape().dim(0), x.type());
      if (c.has("h_0")) {
        List<Variable> start = new ArrayList<>(state.variables());
        start.set(0, Variable.of(OnnxCase.tensor(c.get("h_0")).select(0, d)));
        state = state.with(start);
      }
      Unroll.Result<S> r = unroll.apply(x, state, Mode.evaluation());
      outputs.add(r.outputs().value().permute(1, 0, 2));
      last.add(r.state().variables().stream().map(Variable::value).toList());
    }
    JsonNode expected = c.get("expected");
    double tolerance = c.get("abs_tolerance").asDouble();
    compare(expected, "output", Join.concat(2, outputs), tolerance);
    compare(expected, "h_n", Join.stack(0, last.stream().map(s -> s.get(0)).toList()), tolerance);
    if (expected.has("c_n")) {
      compare(expected, "c_n", Join.stack(0, last.stream().map(s -> s.get(1)).toList()), tolerance);
    }
  }

  private static void compare(JsonNode all, String name, Tensor actual, double tolerance) {
    if (!all.has(name)) {
      return;
    }
    Tensor expected = OnnxCase.tensor(all.get(name));
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double[] got = actual.toDoubles();
    double[] want = expected.toDoubles();
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).as("%s[%d]", name, i).isCloseTo(want[i], within(tolerance));
    }
  }

  private static Tensor weight(JsonNode c, String name) {
    return OnnxCase.tensor(c.get("weights").get(name));
  }

  private static Cell<LstmState> lstm(JsonNode c, String s) {
    return ForeignWeights.PYTORCH.lstm(
        weight(c, "weight_ih" + s),
        weight(c, "weight_hh" + s),
        weight(c, "bias_ih" + s),
        weight(c, "bias_hh" + s));
  }

  private static Cell<Hidden> gru(JsonNode c, String s) {
    return ForeignWeights.PYTORCH.gru(
        weight(c, "weight_ih" + s),
        weight(c, "weight_hh" + s),
        weight(c, "bias_ih" + s),
        weight(c, "bias_hh" + s));
  }

  private static Cell<Hidden> rnn(JsonNode c, String s) {
    return ForeignWeights.PYTORCH.rnn(
        weight(c, "weight_ih" + s),
        weight(c, "weight_hh" + s),
        weight(c, "bias_ih" + s),
        weight(c, "bias_hh" + s));
  }
}
