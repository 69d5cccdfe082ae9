package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One recurrent case in the layout of ONNX: X [T, B, I], W [D, GH, I], R [D, GH, H], B [D, 2GH].
 */
final class OnnxCase {
  private OnnxCase() {}

  /** Returns what a case asks for that no cell here does, or null. */
  static @Nullable String obstacle(String kind, JsonNode c) {
    JsonNode a = c.get("attributes");
    List<String> usual =
        switch (kind) {
          case "lstm" -> List.of("sigmoid", "tanh", "tanh");
          case "gru" -> List.of("sigmoid", "tanh");
          default -> List.of("tanh");
        };
    List<String> activations =
        a.has("activations")
            ? a.get("activations").valueStream().map(n -> n.asString().toLowerCase()).toList()
            : usual;
    if (!activations.subList(0, usual.size()).equals(usual)) {
      return "activations " + activations;
    }
    if (a.has("clip") && a.get("clip").asDouble() < 9999) {
      return "clip";
    }
    if (kind.equals("gru") && a.get("linear_before_reset").asInt() == 0) {
      return "a reset gate before the product";
    }
    return c.get("inputs").has("P") ? "peepholes" : null;
  }

  static void check(String kind, JsonNode c) {
    String obstacle = obstacle(kind, c);
    if (obstacle != null) {
      throw new IllegalArgumentException("no cell has " + obstacle);
    }
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

  /** Rows of gates [GH, n] in another order, transposed to [n, GH]. */
  static Tensor gates(Tensor rows, int... order) {
    int h = rows.shape().dim(0) / order.length;
    List<Tensor> parts =
        Arrays.stream(order).mapToObj(g -> rows.slice(0, g * h, (g + 1) * h)).toList();
    Tensor all = Join.concat(0, parts);
    return all.shape().rank() == 2 ? all.transpose(0, 1) : all;
  }

  private static Tensor weight(JsonNode c, String name, int d, int... order) {
    return gates(tensor(c.get("inputs").get(name)).select(0, d), order);
  }

  /** The biases of inputs (0) or recurrence (1), zeros if there are none. */
  private static Tensor bias(JsonNode c, int d, int which, int... order) {
    int n = order.length * c.get("attributes").get("hidden_size").asInt();
    if (!c.get("inputs").has("B")) {
      return Tensor.of(Shape.of(n), new double[n]);
    }
    Tensor b = tensor(c.get("inputs").get("B")).select(0, d);
    return gates(b.slice(0, which * n, (which + 1) * n), order);
  }

  private static Cell<LstmState> lstm(JsonNode c, int d) {
    int[] order = {0, 2, 3, 1}; // i, o, f, g -> i, f, g, o
    return new LstmCell(
        new Parameter(weight(c, "W", d, order)),
        new Parameter(weight(c, "R", d, order)),
        new Parameter(bias(c, d, 0, order).add(bias(c, d, 1, order))));
  }

  private static Cell<Hidden> gru(JsonNode c, int d) {
    int[] order = {1, 0, 2}; // z, r, n -> r, z, n
    return gru(
        weight(c, "W", d, order),
        weight(c, "R", d, order),
        bias(c, d, 0, order),
        bias(c, d, 1, order));
  }

  /** The recurrent biases of the gates join those of the inputs; the candidate keeps its own. */
  static GruCell gru(Tensor w, Tensor u, Tensor biasInput, Tensor biasRecurrent) {
    int h = u.shape().dim(0);
    Tensor gates = Join.pad(biasRecurrent.slice(0, 0, 2 * h), 0, 0, 3 * h);
    return new GruCell(
        new Parameter(w),
        new Parameter(u),
        new Parameter(biasInput.add(gates)),
        new Parameter(biasRecurrent.slice(0, 2 * h, 3 * h)));
  }

  private static Cell<Hidden> rnn(JsonNode c, int d) {
    return new RnnCell(
        new Parameter(weight(c, "W", d, 0)),
        new Parameter(weight(c, "R", d, 0)),
        new Parameter(bias(c, d, 0, 0).add(bias(c, d, 1, 0))));
  }
}
