package dev.unroll.tensor;

import dev.unroll.tensor.kernel.Copy;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.loop.Draft;
import dev.unroll.tensor.loop.Frame;
import dev.unroll.tensor.loop.Lane;
import dev.unroll.tensor.loop.Place;
import dev.unroll.tensor.loop.Task;
import java.util.List;
import java.util.function.Function;

/** A function of tensors as a task of a recurrence. */
final class RecurrenceCall<A> implements Task<A> {
  private final DType type;
  private final Function<Tensor[], Tensor> f;
  private final Shape shape;
  private final Place to;
  private final int[] in;
  private final Place[] first;
  private final Layout[] layout;

  RecurrenceCall(
      Draft<A> d, DType type, Function<Tensor[], Tensor> f, Shape shape, Place to, int... in) {
    this.type = type;
    this.f = f;
    this.shape = shape;
    this.to = to;
    this.in = in;
    first = new Place[in.length];
    layout = new Layout[in.length];
    for (int i = 0; i < in.length; i++) {
      if (in[i] >= 0) {
        first[i] = d.first(in[i]);
        layout[i] = d.layout(in[i]);
      }
    }
  }

  @Override
  public int rows() {
    return -1;
  }

  @Override
  public List<Place> writes() {
    return List.of(to);
  }

  /** None at which rows matter: all of them are read. */
  @Override
  public List<Place> reads() {
    return List.of();
  }

  @Override
  public void run(Frame<A> frame, Lane<A> lane, int t) {
    Tensor[] given = new Tensor[in.length];
    for (int i = 0; i < in.length; i++) {
      if (in[i] < 0) {
        given[i] = RecurrenceRun.foreign(frame, -1 - in[i], t);
      } else {
        int at = frame.offset(first[i], t) - first[i].offset();
        given[i] = Tensor.at(type, layout[i].from(at), frame.array(first[i]));
      }
    }
    Tensor result = f.apply(given);
    if (!result.shape().equals(shape) || result.type() != type) {
      throw new IllegalStateException(
          "[recurrence] expected " + type + shape + ", computed " + result.type() + result.shape());
    }
    Layout target = Layout.of(shape.dims()).from(frame.offset(to, t));
    Copy.run(
        Recurrence.<A>elements(type),
        Tensor.array(Recurrence.<A>elements(type), result),
        result.layout(),
        frame.array(to),
        target);
  }
}
