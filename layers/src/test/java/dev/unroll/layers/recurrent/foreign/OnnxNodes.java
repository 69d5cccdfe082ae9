package dev.unroll.layers.recurrent.foreign;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.OnnxNode;
import dev.unroll.testing.OnnxTensor;
import java.util.ArrayList;
import java.util.List;

/** The recurrent nodes of ONNX: one direction, the activations that ONNX has by default. */
public final class OnnxNodes {
  private OnnxNodes() {}

  /** Returns Y_h of a node, {@code [1, B, H]}. */
  public static Tensor lastState(OnnxNode n) {
    ForeignWeights onnx = ForeignWeights.ONNX;
    Tensor w = direction(n, 1);
    Tensor u = direction(n, 2);
    int gates = n.op().equals("LSTM") ? 4 : n.op().equals("GRU") ? 3 : 1;
    Tensor b = n.has(3) ? direction(n, 3) : Tensor.zeros(w.type(), Shape.of(2 * u.shape().dim(0)));
    if (u.shape().dim(0) != gates * n.integer("hidden_size", 0)) {
      throw new AssertionError(n.op() + " hidden_size");
    }
    return switch (n.op()) {
      case "LSTM" ->
          n.has(7)
              ? last(n, onnx.peepholeLstm(w, u, half(b, 0), half(b, 1), direction(n, 7)))
              : last(n, onnx.lstm(w, u, b));
      case "GRU" -> last(n, onnx.originalGru(w, u, b));
      default -> last(n, onnx.rnn(w, u, b));
    };
  }

  private static Tensor half(Tensor b, int which) {
    int n = b.shape().dim(0) / 2;
    return b.slice(0, which * n, (which + 1) * n);
  }

  private static <S extends State<S>> Tensor last(OnnxNode n, Cell<S> cell) {
    Variable x = Variable.of(tensor(n.value(0)).permute(1, 0, 2));
    S start = cell.initialState(x.shape().dim(0), x.type());
    List<Variable> given = new ArrayList<>(start.variables());
    for (int i = 0; i < given.size(); i++) {
      if (n.has(5 + i)) {
        given.set(i, Variable.of(direction(n, 5 + i)));
      }
    }
    Unroll<S> unroll = Unroll.of(cell);
    S state = start.with(given);
    Recurrent.Result<S> r =
        n.has(4)
            ? unroll.apply(x, state, lengths(n, x.shape().dim(1)), Mode.evaluation())
            : unroll.apply(x, state, Mode.evaluation());
    Tensor h = r.state().variables().getFirst().value();
    return h.reshape(1, h.shape().dim(0), h.shape().dim(1));
  }

  /** Lengths that are all within the steps. */
  private static int[] lengths(OnnxNode n, int steps) {
    int[] lengths = n.value(4).integers();
    for (int length : lengths) {
      if (length > steps) {
        throw new AssertionError("length " + length + " of " + steps + " steps");
      }
    }
    return lengths;
  }

  private static Tensor direction(OnnxNode n, int input) {
    return tensor(n.value(input)).select(0, 0).contiguous();
  }

  /** Returns a tensor of type float32. */
  public static Tensor tensor(OnnxTensor t) {
    if (!t.type().equals("float32")) {
      throw new AssertionError("type " + t.type());
    }
    return Tensor.of(Shape.of(t.dims()), t.numbers()).to(DType.FLOAT32);
  }
}
