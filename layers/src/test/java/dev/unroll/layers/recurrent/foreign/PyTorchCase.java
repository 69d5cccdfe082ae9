package dev.unroll.layers.recurrent.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.Fields;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One recurrent module of PyTorch: input [T, B, I], weights by the names of its state_dict. */
final class PyTorchCase {
  private PyTorchCase() {}

  static void check(JsonNode json) {
    try (Fields c = new Fields(json.get("id").asString(), json)) {
      c.about("id", "note", "source", "max_abs_error_vs_independent_float64");
      c.only("batch_first", false);
      c.only("num_layers", 1);
      try (Fields w = c.fields("weights")) {
        switch (c.get("module").asString()) {
          case "torch.nn.LSTM" -> run(c, s -> lstm(w, s));
          case "torch.nn.GRU" -> run(c, s -> gru(w, s));
          case "torch.nn.RNN" -> run(c, s -> rnn(w, s));
          default -> throw new NotThereException(c.get("module").asString());
        }
      }
    }
  }

  private interface Maker<S extends State<S>> {
    Cell<S> cell(String suffix);
  }

  private static <S extends State<S>> void run(Fields c, Maker<S> maker) {
    Variable x = Variable.of(OnnxCase.tensor(c.get("input")).permute(1, 0, 2));
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> last = new ArrayList<>();
    for (int d = 0; d < (c.get("bidirectional").asBoolean() ? 2 : 1); d++) {
      Cell<S> cell = maker.cell(d == 0 ? "_l0" : "_l0_reverse");
      Unroll<S> unroll = d == 0 ? Unroll.of(cell) : Unroll.backward(cell);
      S state = cell.initialState(x.shape().dim(0), x.type());
      List<Variable> start = new ArrayList<>(state.variables());
      for (int i = 0; i < start.size(); i++) {
        String name = i == 0 ? "h_0" : "c_0";
        if (c.has(name)) {
          start.set(i, Variable.of(OnnxCase.tensor(c.get(name)).select(0, d)));
        }
      }
      state = state.with(start);
      Recurrent.Result<S> r = unroll.apply(x, state, Mode.evaluation());
      outputs.add(r.outputs().value().permute(1, 0, 2));
      last.add(r.state().variables().stream().map(Variable::value).toList());
    }
    double tolerance = c.get("abs_tolerance").asDouble();
    try (Fields e = c.fields("expected")) {
      compare(e, "output", Join.concat(2, outputs), tolerance);
      compare(e, "h_n", Join.stack(0, last.stream().map(s -> s.get(0)).toList()), tolerance);
      if (e.has("c_n")) {
        compare(e, "c_n", Join.stack(0, last.stream().map(s -> s.get(1)).toList()), tolerance);
      }
    }
  }

  private static void compare(Fields all, String name, Tensor actual, double tolerance) {
    if (!all.has(name)) {
      return;
    }
    Tensor expected = OnnxCase.tensor(all.get(name));
    assertThat(new Tolerance(tolerance, 0).difference(expected, actual)).as(name).isEmpty();
  }

  private static Tensor weight(Fields w, String name) {
    return OnnxCase.tensor(w.get(name));
  }

  private static Cell<LstmState> lstm(Fields w, String s) {
    return ForeignWeights.PYTORCH.lstm(
        weight(w, "weight_ih" + s),
        weight(w, "weight_hh" + s),
        weight(w, "bias_ih" + s),
        weight(w, "bias_hh" + s));
  }

  private static Cell<Hidden> gru(Fields w, String s) {
    return ForeignWeights.PYTORCH.gru(
        weight(w, "weight_ih" + s),
        weight(w, "weight_hh" + s),
        weight(w, "bias_ih" + s),
        weight(w, "bias_hh" + s));
  }

  private static Cell<Hidden> rnn(Fields w, String s) {
    return ForeignWeights.PYTORCH.rnn(
        weight(w, "weight_ih" + s),
        weight(w, "weight_hh" + s),
        weight(w, "bias_ih" + s),
        weight(w, "bias_hh" + s));
  }
}
