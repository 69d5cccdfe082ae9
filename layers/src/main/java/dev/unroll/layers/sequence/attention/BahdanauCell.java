package dev.unroll.layers.sequence.attention;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.tensor.Shape;
import java.util.Objects;

/**
 * A decoder cell that attends before its step: the previous state is the query of a context, which
 * is concatenated to the input (Bahdanau, Cho &amp; Bengio 2015, arXiv:1409.0473).
 *
 * <pre>
 * c_t = sum a_s memory_s, a = softmax(score(h_{t-1}, memory_s))
 * h_t = cell([x_t, c_t], h_{t-1})        output [h_t, c_t]
 * </pre>
 *
 * {@snippet class="snippets.AttentionTest" region="BahdanauCell"}
 *
 * @param cell reads inputs of size I + M; the first variable of its state is the query, with
 *     flattened rows
 * @param memorySize M
 */
public record BahdanauCell<S extends State<S>>(Cell<S> cell, Attention attention, int memorySize)
    implements AttentionCell<S> {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the cell's input size is too small for the context
   */
  public BahdanauCell {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(attention, "attention");
    if (memorySize < 1 || cell.inputSize() <= memorySize) {
      throw new IllegalArgumentException(
          "[attention] the cell must read an input and a context of size "
              + memorySize
              + ", it reads "
              + cell.inputSize());
    }
  }

  @Override
  public int inputSize() {
    return cell.inputSize() - memorySize;
  }

  @Override
  public int outputSize() {
    return cell.outputSize() + memorySize;
  }

  @Override
  public int vectorSize() {
    return memorySize;
  }

  @Override
  public Step<Attending<S>> step(Variable x, Attending<S> s, Mode mode) {
    Variable first = s.inner().variables().getFirst();
    Shape rows = Shape.of(first.shape().dim(0), State.rowSize(first));
    Variable weights = weights(first.reshape(rows), s);
    Variable context = Attention.mean(weights, s.memory());
    Step<S> step = InnerCell.step(cell, Variable.concat(1, x, context), s.inner(), mode.at("cell"));
    return new Step<>(
        Variable.concat(1, step.output(), context),
        new Attending<>(step.state(), context, weights, s.memory(), s.keys(), s.mask()));
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("cell", cell).layer("attention", attention);
  }
}
