package dev.unroll.layers.recurrent.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Activations;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.OriginalGruCell;
import dev.unroll.layers.recurrent.cells.PeepholeLstmCell;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * One recurrent case in the layout of ONNX: X [T, B, I], W [D, GH, I], R [D, GH, H], B [D, 2GH].
 */
final class OnnxCase {
  private OnnxCase() {}

  static void check(String kind, JsonNode json) {
    try (Fields c = new Fields(json.get("id").asString(), json)) {
      c.about("id", "features", "expect", "error_message");
      c.about("max_abs_error_vs_independent_float64");
      c.only("op", kind.toUpperCase(Locale.ROOT));
      try (Fields a = c.fields("attributes");
          Fields in = c.fields("inputs")) {
        switch (kind) {
          case "lstm" -> run(c, a, in, d -> lstm(a, in, d));
          case "gru" -> run(c, a, in, d -> gru(a, in, d));
          default -> run(c, a, in, d -> rnn(a, in, d));
        }
      }
    }
  }

  private interface Maker<S extends State<S>> {
    Cell<S> cell(int direction);
  }

  private static <S extends State<S>> void run(Fields c, Fields a, Fields in, Maker<S> maker) {
    String direction = a.text("direction", "forward");
    assertThat(direction).isIn("forward", "reverse", "bidirectional");
    Variable x = Variable.of(tensor(in.get("X")).permute(1, 0, 2));
    int batch = x.shape().dim(0);
    int[] lengths = new int[batch];
    Arrays.fill(lengths, x.shape().dim(1));
    if (in.has("sequence_lens")) {
      lengths =
          in.get("sequence_lens").get("data").valueStream().mapToInt(JsonNode::asInt).toArray();
    }
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> last = new ArrayList<>();
    for (int d = 0; d < (direction.equals("bidirectional") ? 2 : 1); d++) {
      Cell<S> cell = maker.cell(d);
      boolean back = d == 1 || direction.equals("reverse");
      Unroll<S> unroll = back ? Unroll.backward(cell) : Unroll.of(cell);
      List<Variable> start = new ArrayList<>(cell.initialState(batch, x.type()).variables());
      for (int i = 0; i < start.size(); i++) {
        String name = i == 0 ? "initial_h" : "initial_c";
        if (in.has(name)) {
          start.set(i, Variable.of(tensor(in.get(name)).select(0, d)));
        }
      }
      S state = cell.initialState(batch, x.type()).with(start);
      Recurrent.Result<S> r = unroll.apply(x, state, lengths, Mode.evaluation());
      outputs.add(r.outputs().value().permute(1, 0, 2));
      last.add(r.state().variables().stream().map(Variable::value).toList());
    }
    double tolerance = c.get("suggested_abs_tolerance").asDouble();
    try (Fields out = c.fields("outputs")) {
      compare(out, "Y", Join.stack(1, outputs), tolerance);
      compare(out, "Y_h", Join.stack(0, last.stream().map(s -> s.get(0)).toList()), tolerance);
      if (out.has("Y_c")) {
        compare(out, "Y_c", Join.stack(0, last.stream().map(s -> s.get(1)).toList()), tolerance);
      }
    }
  }

  private static void compare(Fields out, String name, Tensor actual, double tolerance) {
    if (!out.has(name)) {
      return;
    }
    assertThat(new Tolerance(tolerance, 0).difference(tensor(out.get(name)), actual))
        .as(name)
        .isEmpty();
  }

  static Tensor tensor(JsonNode n) {
    int[] dims = n.get("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
    double[] data = n.get("data").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    return Tensor.of(Shape.of(dims), data);
  }

  private static Tensor weight(Fields in, String name, int d) {
    return tensor(in.get(name)).select(0, d);
  }

  /** The biases of inputs (0) or recurrence (1), zeros if there are none. */
  private static Tensor bias(Fields a, Fields in, int d, int which, int gates) {
    int n = gates * a.get("hidden_size").asInt();
    return in.has("B")
        ? weight(in, "B", d).slice(0, which * n, (which + 1) * n)
        : Tensor.of(Shape.of(n), new double[n]);
  }

  /** The activations of one direction: as many as the cell has, from a list for both. */
  private static Activations activations(Fields a, int d, int many) {
    List<Activation> own = names(a, d, many).stream().map(OnnxCase::activation).toList();
    Activations made =
        new Activations(own.get(0), own.get(1), many > 2 ? own.get(2) : Activation.tanh());
    double clip = a.number("clip", 0);
    return clip > 0 ? made.clipped(clip) : made;
  }

  /** The names of the activations of one direction; where there are none, the defaults of ONNX. */
  private static List<String> names(Fields a, int d, int many) {
    List<String> usual = List.of("sigmoid", "tanh", "tanh");
    if (!a.has("activations")) {
      return many == 1 ? List.of("tanh") : usual.subList(0, many);
    }
    List<String> all =
        a.get("activations").valueStream().map(n -> n.asString().toLowerCase(Locale.ROOT)).toList();
    return all.subList(d * many, (d + 1) * many);
  }

  /** A GRU that resets after the product has no other activations. */
  private static void usual(Fields a, int d) {
    if (!names(a, d, 2).equals(List.of("sigmoid", "tanh"))) {
      throw new NotThereException("activations of a GRU with linear_before_reset");
    }
  }

  private static Activation activation(String name) {
    return switch (name) {
      case "sigmoid" -> Activation.sigmoid();
      case "tanh" -> Activation.tanh();
      case "relu" -> Activation.relu();
      default -> throw new NotThereException("activation " + name);
    };
  }

  private static Cell<LstmState> lstm(Fields a, Fields in, int d) {
    a.only("input_forget", 0);
    ForeignWeights onnx = ForeignWeights.ONNX;
    Tensor w = weight(in, "W", d);
    Tensor u = weight(in, "R", d);
    Activations activations = activations(a, d, 3);
    if (in.has("P")) {
      Tensor p = weight(in, "P", d);
      PeepholeLstmCell cell =
          onnx.peepholeLstm(w, u, bias(a, in, d, 0, 4), bias(a, in, d, 1, 4), p);
      return new PeepholeLstmCell(
          cell.weightInput(), cell.weightRecurrent(), cell.bias(), cell.peepholes(), activations);
    }
    LstmCell cell = onnx.lstm(w, u, bias(a, in, d, 0, 4), bias(a, in, d, 1, 4));
    return new LstmCell(cell.weightInput(), cell.weightRecurrent(), cell.bias(), activations);
  }

  private static Cell<Hidden> gru(Fields a, Fields in, int d) {
    ForeignWeights onnx = ForeignWeights.ONNX;
    Tensor w = weight(in, "W", d);
    Tensor u = weight(in, "R", d);
    if (a.integer("linear_before_reset", 0) != 0) {
      usual(a, d);
      return onnx.gru(w, u, bias(a, in, d, 0, 3), bias(a, in, d, 1, 3));
    }
    OriginalGruCell cell = onnx.originalGru(w, u, bias(a, in, d, 0, 3), bias(a, in, d, 1, 3));
    return new OriginalGruCell(
        cell.weightInput(),
        cell.weightRecurrent(),
        cell.weightCandidate(),
        cell.bias(),
        activations(a, d, 2));
  }

  private static Cell<Hidden> rnn(Fields a, Fields in, int d) {
    List<String> names = names(a, d, 1);
    return ForeignWeights.ONNX.rnn(
        activation(names.getFirst()),
        weight(in, "W", d),
        weight(in, "R", d),
        bias(a, in, d, 0, 1),
        bias(a, in, d, 1, 1));
  }
}
