package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.Objects;

/**
 * Splits the last axis into several: {@code [..., a b] -> [..., a, b]} for the sizes a and b. It is
 * the inverse of {@link Flatten}.
 *
 * {@snippet class="snippets.LayersTest" region="Unflatten"}
 *
 * @param sizes of the new axes
 */
public record Unflatten(List<Integer> sizes) implements Deterministic {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty, or a size is below 1
   */
  public Unflatten {
    Objects.requireNonNull(sizes, "sizes").forEach(each -> Objects.requireNonNull(each, "size"));
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty() || sizes.stream().anyMatch(s -> s < 1)) {
      throw new IllegalArgumentException("[unflatten] expected sizes of at least 1, got " + sizes);
    }
  }

  /** Returns a block of these sizes. */
  public static Unflatten of(int a, int b) {
    return new Unflatten(List.of(a, b));
  }

  @Override
  public Variable apply(Variable x) {
    Shape shape = x.shape();
    long product = sizes.stream().mapToLong(s -> s).reduce(1, Math::multiplyExact);
    if (shape.rank() == 0 || shape.dim(shape.rank() - 1) != product) {
      throw new IllegalArgumentException(
          "[unflatten] expected a last axis of size " + product + ", got " + shape);
    }
    Shape to = shape.without(shape.rank() - 1);
    for (int size : sizes) {
      to = to.insert(to.rank(), size);
    }
    return x.reshape(to);
  }

  @Override
  public void describe(Parts parts) {}
}
