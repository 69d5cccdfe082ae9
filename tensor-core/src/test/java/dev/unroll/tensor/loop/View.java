package dev.unroll.tensor.loop;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A view of a value {@code [rows, columns]}: the same in a loop and of a tensor. */
enum View {
  DENSE((b, v) -> v, t -> t),
  COLUMNS((b, v) -> b.slice(v, 1, 1, 3), t -> t.slice(1, 1, 3)),
  ROWS((b, v) -> b.slice(v, 0, 1, 3), t -> t.slice(0, 1, 3)),
  TRANSPOSED((b, v) -> b.permute(v, 1, 0), t -> t.permute(1, 0)),
  REPEATED_COLUMNS(
      (b, v) -> b.expand(b.slice(v, 1, 2, 3), Shape.of(v.shape().dim(0), 3)),
      t -> t.slice(1, 2, 3).expand(Shape.of(t.shape().dim(0), 3))),
  REPEATED_ROWS(
      (b, v) -> b.expand(b.slice(v, 0, 0, 1), Shape.of(3, v.shape().dim(1))),
      t -> t.slice(0, 0, 1).expand(Shape.of(3, t.shape().dim(1)))),
  ONE_ROW(
      (b, v) -> b.reshape(v, Shape.of(1, v.shape().size())), t -> t.reshape(1, t.shape().size())),
  ONE_ROW_OF_TRANSPOSED(
      (b, v) -> b.reshape(b.permute(v, 1, 0), Shape.of(1, v.shape().size())),
      t -> t.permute(1, 0).reshape(1, t.shape().size())),
  ONE_COLUMN(
      (b, v) -> b.reshape(v, Shape.of(v.shape().size(), 1)), t -> t.reshape(t.shape().size(), 1));

  private final BiFunction<LoopBuilder, LoopValue, LoopValue> loop;
  private final UnaryOperator<Tensor> tensor;

  View(BiFunction<LoopBuilder, LoopValue, LoopValue> loop, UnaryOperator<Tensor> tensor) {
    this.loop = loop;
    this.tensor = tensor;
  }

  LoopValue of(LoopBuilder b, LoopValue v) {
    return loop.apply(b, v);
  }

  Tensor of(Tensor t) {
    return tensor.apply(t);
  }
}
