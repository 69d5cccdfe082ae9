package dev.unroll.autograd.scan;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.loop.LoopValue;
import java.util.ArrayList;
import java.util.List;

/** The rows of the state of a session. */
final class StateRows {
  private StateRows() {}

  /** Checks that each variable has a row of this index. */
  static void check(List<LoopValue> state, int row) {
    for (LoopValue v : state) {
      if (v.shape().rank() == 0 || row < 0 || row >= v.shape().dim(0)) {
        throw new IllegalArgumentException(
            "[session] expected the row of a state with variables "
                + state.stream().map(LoopValue::shape).toList()
                + ", got "
                + row);
      }
    }
  }

  /** Checks that given tensors are a state of these shapes. */
  static void check(List<Shape> shapes, DType type, List<Tensor> state) {
    boolean equal =
        state.size() == shapes.size()
            && state.stream().allMatch(t -> t.type() == type)
            && state.stream().map(Tensor::shape).toList().equals(shapes);
    if (!equal) {
      throw new IllegalArgumentException(
          "[session] expected a state of "
              + type
              + " "
              + shapes
              + ", got "
              + state.stream().map(t -> t.type() + "" + t.shape()).toList());
    }
  }

  /** Returns a copy of a row, which does not hold the memory of the others. */
  static Tensor get(Tensor all, int row) {
    return Join.concat(0, List.of(all.slice(0, row, row + 1))).select(0, 0);
  }

  /** Returns a tensor with another row. */
  static Tensor with(Tensor all, int row, Tensor value) {
    int rows = all.shape().dim(0);
    List<Tensor> parts = new ArrayList<>();
    parts.add(all.slice(0, 0, row));
    parts.add(value.reshape(value.shape().insert(0, 1).dims()));
    parts.add(all.slice(0, row + 1, rows));
    return Join.concat(0, parts);
  }
}
