package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
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

  static void check(String kind, JsonNode c) {
    switch (kind) {
      case "lstm" -> run(c, d -> lstm(c, d));
      case "gru" -> run(c, d -> gru(c, d));
      default -> run(c, d -> rnn(c, d));
    }
  }

  private interface Maker<S extends State<S>> {
    Cell<S> cell(int direction);
  }

  private static <S extends State<S>> void run(JsonNode c, Maker<S> maker) {
    JsonNode in = c.get("inputs");
    String direction = c.get("attributes").get("direction").asString();
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
      Unroll.Result<S> r = unroll.apply(x, state, lengths, Mode.evaluation());
      outputs.add(r.outputs().value().permute(1, 0, 2));
      last.add(r.state().variables().stream().map(Variable::value).toList());
    }
    double tolerance = c.get("suggested_abs_tolerance").asDouble();
    JsonNode out = c.get("outputs");
    compare(out, "Y", Join.stack(1, outputs), tolerance);
    compare(out, "Y_h", Join.stack(0, last.stream().map(s -> s.get(0)).toList()), tolerance);
    if (out.has("Y_c")) {
      compare(out, "Y_c", Join.stack(0, last.stream().map(s -> s.get(1)).toList()), tolerance);
    }
  }

  private static void compare(JsonNode out, String name, Tensor actual, double tolerance) {
    if (!out.has(name)) {
      return;
    }
    double[] expected = tensor(out.get(name)).toDoubles();
    assertThat(actual.shape()).isEqualTo(tensor(out.get(name)).shape());
    double[] got = actual.toDoubles();
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(tolerance));
    }
  }

  static Tensor tensor(JsonNode n) {
    int[] dims = n.get("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
    double[] data = n.get("data").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    return Tensor.of(Shape.of(dims), data);
  }

  private static Tensor weight(JsonNode c, String name, int d) {
    return tensor(c.get("inputs").get(name)).select(0, d);
  }

  /** The biases of inputs (0) or recurrence (1), zeros if there are none. */
  private static Tensor bias(JsonNode c, int d, int which, int gates) {
    int n = gates * c.get("attributes").get("hidden_size").asInt();
    return c.get("inputs").has("B")
        ? weight(c, "B", d).slice(0, which * n, (which + 1) * n)
        : Tensor.of(Shape.of(n), new double[n]);
  }

  /** The activations of one direction: as many as the cell has, from a list for both. */
  private static Activations activations(JsonNode c, int d, int many) {
    JsonNode a = c.get("attributes");
    List<Activation> all = new ArrayList<>();
    for (JsonNode name : a.get("activations")) {
      all.add(activation(name.asString()));
    }
    List<Activation> own = all.subList(d * many, (d + 1) * many);
    Activations made =
        new Activations(own.get(0), own.get(1), many > 2 ? own.get(2) : Activation.tanh());
    double clip = a.has("clip") ? a.get("clip").asDouble() : 0;
    return clip > 0 ? made.clipped(clip) : made;
  }

  private static Activation activation(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "sigmoid" -> Activation.sigmoid();
      case "tanh" -> Activation.tanh();
      case "relu" -> Activation.relu();
      default -> throw new IllegalArgumentException("no activation " + name);
    };
  }

  private static Cell<LstmState> lstm(JsonNode c, int d) {
    ForeignWeights onnx = ForeignWeights.ONNX;
    Tensor w = weight(c, "W", d);
    Tensor u = weight(c, "R", d);
    Activations activations = activations(c, d, 3);
    if (c.get("inputs").has("P")) {
      Tensor p = weight(c, "P", d);
      PeepholeLstmCell cell = onnx.peepholeLstm(w, u, bias(c, d, 0, 4), bias(c, d, 1, 4), p);
      return new PeepholeLstmCell(
          cell.weightInput(), cell.weightRecurrent(), cell.bias(), cell.peepholes(), activations);
    }
    LstmCell cell = onnx.lstm(w, u, bias(c, d, 0, 4), bias(c, d, 1, 4));
    return new LstmCell(cell.weightInput(), cell.weightRecurrent(), cell.bias(), activations);
  }

  private static Cell<Hidden> gru(JsonNode c, int d) {
    ForeignWeights onnx = ForeignWeights.ONNX;
    Tensor w = weight(c, "W", d);
    Tensor u = weight(c, "R", d);
    if (c.get("attributes").get("linear_before_reset").asInt() != 0) {
      return onnx.gru(w, u, bias(c, d, 0, 3), bias(c, d, 1, 3));
    }
    OriginalGruCell cell = onnx.originalGru(w, u, bias(c, d, 0, 3), bias(c, d, 1, 3));
    return new OriginalGruCell(
        cell.weightInput(),
        cell.weightRecurrent(),
        cell.weightCandidate(),
        cell.bias(),
        activations(c, d, 2));
  }

  private static Cell<Hidden> rnn(JsonNode c, int d) {
    return ForeignWeights.ONNX.rnn(
        weight(c, "W", d), weight(c, "R", d), bias(c, d, 0, 1), bias(c, d, 1, 1));
  }
}
