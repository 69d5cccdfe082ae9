package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import java.util.Objects;

/**
 * A decoder cell that attends after its step, and feeds the result to the next step (Luong, Pham
 * &amp; Manning 2015, "Effective approaches to attention-based neural machine translation",
 * arXiv:1508.04025, with input feeding).
 *
 * <pre>
 * h_t = cell([x_t, v_{t-1}], h_{t-1})
 * c_t = sum a_s memory_s, a = softmax(score(h_t, memory_s))
 * v_t = tanh([c_t, h_t] W + b)           output v_t
 * </pre>
 *
 * {@snippet class="snippets.AttentionTest" region="LuongCell"}
 *
 * @param cell reads inputs of size I + A
 * @param combine {@code [M + H, A]}
 */
public record LuongCell<S extends State<S>>(Cell<S> cell, Attention attention, Linear combine)
    implements AttentionCell<S> {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the cell's input size is too small for the fed vector, or
   *     the layer does not read a context and the cell's output
   */
  public LuongCell {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(attention, "attention");
    Objects.requireNonNull(combine, "combine");
    int fed = combine.bias().shape().dim(0);
    if (cell.inputSize() <= fed) {
      throw new IllegalArgumentException(
          "[attention] the cell must read an input and a vector of size "
              + fed
              + ", it reads "
              + cell.inputSize());
    }
    int read = combine.weight().shape().dim(0);
    if (read <= cell.outputSize()) {
      throw new IllegalArgumentException(
          "[attention] expected a layer that reads a context and an output of size "
              + cell.outputSize()
              + ", got one that reads "
              + read);
    }
  }

  /**
   * Returns a decoder cell whose vector has the cell's output size, H.
   *
   * @param cell reads inputs of size I + H
   * @param memorySize M
   */
  public static <S extends State<S>> LuongCell<S> of(
      Cell<S> cell, Attention attention, int memorySize, Init init) {
    int size = Objects.requireNonNull(cell, "cell").outputSize();
    return new LuongCell<>(cell, attention, Linear.of(memorySize + size, size, init.at("combine")));
  }

  @Override
  public int inputSize() {
    return cell.inputSize() - vectorSize();
  }

  @Override
  public int outputSize() {
    return vectorSize();
  }

  @Override
  public int vectorSize() {
    return combine.bias().shape().dim(0);
  }

  @Override
  public Step<Attending<S>> step(Variable x, Attending<S> s, Mode mode) {
    Step<S> step =
        InnerCell.step(cell, Variable.concat(1, x, s.vector()), s.inner(), mode.at("cell"));
    Variable weights = weights(step.output(), s);
    Variable context = Attention.mean(weights, s.memory());
    Variable vector = combine.apply(Variable.concat(1, context, step.output())).tanh();
    return new Step<>(
        vector, new Attending<>(step.state(), vector, weights, s.memory(), s.keys(), s.mask()));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("cell", cell).layer("attention", attention).layer("combine", combine);
  }
}
