package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A cell as data: leaves, expressions of what comes before them, and which of these are outputs and
 * next states. {@link CellBody} runs it, {@link CellCode} prints it, {@link Shrinker} makes it
 * smaller.
 *
 * @param steps T
 * @param masked whether a mask {@code [T, B]} with holes decides which rows take a step, as in
 *     layers; then all states begin with B
 * @param outputs numbers of values: leaves count from 0, expressions follow
 * @param next what takes the place of each state
 */
record RandomCell(
    int steps,
    boolean backward,
    boolean masked,
    Loss loss,
    List<Leaf> leaves,
    List<Expression> expressions,
    List<Integer> outputs,
    List<Integer> next) {

  /** What the loss depends on. */
  enum Loss {
    ALL,
    OUTPUTS,
    STATES
  }

  /**
   * A value that is computed.
   *
   * @param attributes the seed of its attributes
   * @param in numbers of values before it
   */
  record Expression(Kind kind, long attributes, List<Integer> in) {

    Expression {
      in = List.copyOf(in);
    }

    /**
     * Returns the call for operands of these shapes.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    Kind.Call call(List<Operand> values, int version) {
      Operand[] own = in.stream().map(values::get).toArray(Operand[]::new);
      Kind.Call call = kind.call(attributes, version, own);
      if (call == null) {
        throw new IllegalArgumentException("[cell] operands do not fit: " + kind.name());
      }
      return call;
    }

    /** Returns what comes out, as the operation itself says. */
    Operand result(List<Operand> values) {
      Kind.Call call = call(values, 0);
      Variable[] zeros = in.stream().map(i -> values.get(i).zeros()).toArray(Variable[]::new);
      return Operand.floating(Variable.withoutGradient(() -> call.apply().apply(zeros)).shape());
    }
  }

  RandomCell {
    leaves = List.copyOf(leaves);
    expressions = List.copyOf(expressions);
    outputs = List.copyOf(outputs);
    next = List.copyOf(next);
  }

  /**
   * Returns all values as operands.
   *
   * @throws IllegalArgumentException if the cell does not hold together
   */
  List<Operand> operands() {
    List<Operand> all = new ArrayList<>();
    leaves.forEach(l -> all.add(l.operand(steps)));
    expressions.forEach(e -> all.add(e.result(all)));
    List<Integer> states = states();
    boolean fits = states.size() == next.size();
    for (int i = 0; fits && i < next.size(); i++) {
      fits = all.get(next.get(i)).equals(all.get(states.get(i)));
    }
    if (!fits || outputs.stream().anyMatch(v -> !all.get(v).isFloating())) {
      throw new IllegalArgumentException("[cell] outputs or states do not fit");
    }
    return all;
  }

  /** Returns whether each expression is read by an output or a next state, directly or not. */
  boolean readsAllItComputes() {
    Set<Integer> read = new HashSet<>(outputs);
    read.addAll(next);
    for (int i = expressions.size() - 1; i >= 0; i--) {
      if (!read.contains(leaves.size() + i)) {
        return false;
      }
      read.addAll(expressions.get(i).in());
    }
    return true;
  }

  /** Returns the numbers of the states. */
  List<Integer> states() {
    return numbers(Leaf.Role.STATE);
  }

  List<Integer> numbers(Leaf.Role role) {
    return IntStream.range(0, leaves.size())
        .filter(i -> leaves.get(i).role() == role)
        .boxed()
        .toList();
  }

  /** Returns the batch size: the first axis of the first leaf, which every cell has. */
  int batch() {
    Shape first = leaves.getFirst().shape();
    return first.rank() == 0 ? 1 : first.dim(0);
  }

  RandomCell with(List<Leaf> otherLeaves, List<Expression> other) {
    return new RandomCell(steps, backward, masked, loss, otherLeaves, other, outputs, next);
  }

  RandomCell withResults(List<Integer> otherOutputs, List<Integer> otherNext) {
    return new RandomCell(
        steps, backward, masked, loss, leaves, expressions, otherOutputs, otherNext);
  }

  RandomCell with(int otherSteps, boolean isBackward, boolean isMasked, Loss other) {
    return new RandomCell(
        otherSteps, isBackward, isMasked, other, leaves, expressions, outputs, next);
  }
}
