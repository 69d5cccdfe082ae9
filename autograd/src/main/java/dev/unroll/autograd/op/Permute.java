package dev.unroll.autograd.op;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** The axes in another order: a view, which can wait as long as what it shows. */
public record Permute(List<Integer> axes) implements DeferredOp {
  @Override
  public Shape shape(Shape... in) {
    List<Integer> all = IntStream.range(0, in[0].rank()).boxed().toList();
    if (!axes.stream().sorted().toList().equals(all)) {
      throw new IllegalArgumentException(
          "[permute] " + axes + " is no order of the axes of " + in[0]);
    }
    return Shape.of(axes.stream().mapToInt(in[0]::dim).toArray());
  }

  @Override
  public Tensor forward(Tensor... in) {
    return in[0].permute(axes.stream().mapToInt(a -> a).toArray());
  }

  @Override
  public Variable gradient(int i, Variable g, Variable out, Variable... in) {
    return g.permute(
        IntStream.range(0, axes.size()).mapToObj(axes::indexOf).toArray(Integer[]::new));
  }
}
