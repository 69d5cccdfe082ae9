package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.randomcell.RandomCell.Expression;
import dev.unroll.tensor.Shape;
import dev.unroll.testing.Shrinking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a cell that fails smaller for as long as it still fails. */
final class Shrinker {
  private Shrinker() {}

  /** Returns a smallest cell that fails: whatever is taken away next, it no longer does. */
  static RandomCell smallest(RandomCell cell, Predicate<RandomCell> fails) {
    return Shrinking.smallest(cell, Shrinker::smaller, fails);
  }

  /** Returns all cells that are a step smaller, and hold together. */
  private static Stream<RandomCell> smaller(RandomCell c) {
    int values = c.leaves().size() + c.expressions().size();
    Stream<RandomCell> cut =
        IntStream.iterate(values - 1, i -> i >= 0, i -> i - 1)
            .boxed()
            .flatMap(i ->
                Stream.concat(Surgery.without(c, i).stream(), Surgery.bypassed(c, i).stream()));
    return Stream.concat(candidates(c).stream(), cut)
        .filter(other -> !other.equals(c) && holds(other));
  }

  private static boolean holds(RandomCell c) {
    try {
      c.operands();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<RandomCell> candidates(RandomCell c) {
    List<RandomCell> all = new ArrayList<>();
    for (int t = 1; t < c.steps(); t++) {
      all.add(c.with(t, c.backward(), c.masked(), c.loss()));
    }
    if (c.masked()) {
      all.add(c.with(c.steps(), c.backward(), false, c.loss()));
    }
    if (c.backward()) {
      all.add(c.with(c.steps(), false, c.masked(), c.loss()));
    }
    if (c.loss() == RandomCell.Loss.ALL) {
      all.add(c.with(c.steps(), c.backward(), c.masked(), RandomCell.Loss.OUTPUTS));
      all.add(c.with(c.steps(), c.backward(), c.masked(), RandomCell.Loss.STATES));
    }
    for (int i = 0; i < c.outputs().size() && c.outputs().size() > 1; i++) {
      List<Integer> outputs = new ArrayList<>(c.outputs());
      outputs.remove(i);
      all.add(c.withResults(outputs, c.next()));
    }
    for (int i = 0; i < c.next().size(); i++) {
      List<Integer> next = new ArrayList<>(c.next());
      if (next.set(i, c.states().get(i)) > c.states().get(i)) {
        all.add(c.withResults(c.outputs(), next));
      }
    }
    for (int i = 0; i < c.leaves().size(); i++) {
      if (c.leaves().get(i).gradient()) {
        List<Leaf> leaves = new ArrayList<>(c.leaves());
        leaves.set(i, leaves.get(i).withoutGradient());
        if (leaves.get(i).role() != Leaf.Role.PARAMETER) {
          all.add(c.with(leaves, c.expressions()));
        }
      }
    }
    all.addAll(sizes(c));
    return all;
  }

  /** Every size by a smaller one, wherever it stands. */
  private static List<RandomCell> sizes(RandomCell c) {
    TreeSet<Integer> sizes = new TreeSet<>();
    c.leaves().forEach(l -> Arrays.stream(l.shape().dims()).forEach(sizes::add));
    List<RandomCell> all = new ArrayList<>();
    for (int size : sizes) {
      for (int other = 1; other < size; other += 1 + other / 4) {
        List<Leaf> leaves = new ArrayList<>();
        for (Leaf l : c.leaves()) {
          int to = other;
          int[] dims = Arrays.stream(l.shape().dims()).map(n -> n == size ? to : n).toArray();
          leaves.add(l.withShape(Shape.of(dims)));
        }
        all.add(c.with(leaves, c.expressions()));
      }
    }
    return all;
  }

  /** What is cut out of a cell. */
  private static final class Surgery {

    /** Returns the cell without a value that nothing reads. */
    static Optional<RandomCell> without(RandomCell c, int value) {
      int n = c.leaves().size();
      int state = c.states().indexOf(value);
      List<Integer> next = new ArrayList<>(c.next());
      if (state >= 0) {
        next.remove(state);
      }
      boolean read =
          c.outputs().contains(value)
              || next.contains(value)
              || c.expressions().stream().anyMatch(e -> e.in().contains(value));
      boolean last =
          value < n && (n == 1 || (c.leaves().get(value).role().isSequence() && sequences(c) == 1));
      if (read || last || (state >= 0 && next.isEmpty())) {
        return Optional.empty();
      }
      List<Leaf> leaves = new ArrayList<>(c.leaves());
      List<Expression> expressions = new ArrayList<>(c.expressions());
      if (value < n) {
        leaves.remove(value);
      } else {
        expressions.remove(value - n);
      }
      expressions.replaceAll(e -> new Expression(e.kind(), e.attributes(), moved(e.in(), value)));
      return Optional.of(
          new RandomCell(
              c.steps(),
              c.backward(),
              c.masked(),
              c.loss(),
              leaves,
              expressions,
              moved(c.outputs(), value),
              moved(next, value)));
    }

    private static long sequences(RandomCell c) {
      return c.leaves().stream().filter(l -> l.role().isSequence()).count();
    }

    private static List<Integer> moved(List<Integer> values, int gone) {
      return values.stream().map(v -> v > gone ? v - 1 : v).toList();
    }

    /** Returns the cells in which every reader of a value reads an earlier one instead. */
    static List<RandomCell> bypassed(RandomCell c, int value) {
      List<RandomCell> all = new ArrayList<>();
      List<Operand> operands = c.operands();
      for (int i = 0; i < value; i++) {
        if (operands.get(i).equals(operands.get(value))) {
          int to = i;
          List<Expression> expressions = new ArrayList<>(c.expressions());
          expressions.replaceAll(
              e -> new Expression(e.kind(), e.attributes(), replaced(e.in(), value, to)));
          all.add(
              c.with(c.leaves(), expressions)
                  .withResults(replaced(c.outputs(), value, to), replaced(c.next(), value, to)));
        }
      }
      if (value >= c.leaves().size()) {
        for (int in : c.expressions().get(value - c.leaves().size()).in()) {
          List<Integer> outputs = replaced(c.outputs(), value, in);
          all.add(c.withResults(outputs, c.next()));
          all.add(c.withResults(outputs, replaced(c.next(), value, in)));
        }
      }
      return all;
    }

    private static List<Integer> replaced(List<Integer> values, int from, int to) {
      return values.stream().map(v -> v == from ? to : v).toList();
    }
  }
}
