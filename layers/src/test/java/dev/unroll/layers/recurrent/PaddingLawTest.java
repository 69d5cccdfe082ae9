package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.recurrent.wrappers.Residual;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is masked may be NaN or infinite: outputs, states and gradients are those of each row alone,
 * by everything, in both directions, planned and not, with holes and rows without any step.
 */
class PaddingLawTest {
  private static final RandomKey KEY = RandomKey.of(0x9ad);
  private static final int T = 6;
  private static final int I = 3;
  private static final int H = 4;
  private static final double[] POISON = {
    0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1e300, 1e-320
  };

  /** A cell that takes the logarithm and the reciprocal of its inputs. */
  private record Logarithmic(RnnCell cell) implements Cell<Hidden> {
    @Override
    public int inputSize() {
      return cell.inputSize() / 2;
    }

    @Override
    public int outputSize() {
      return cell.outputSize();
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return cell.initialState(batch, type);
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      Variable one = Variable.scalar(x.type(), 1);
      return cell.step(Variable.concat(1, x.log(), one.div(x)), s, mode);
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("cell", cell);
    }
  }

  private static Cell<?> cell(String name) {
    Init init = new Init(DType.FLOAT64, KEY.fold(name));
    return switch (name) {
      case "elapsed" -> ElapsedCell.of(I, H, init);
      case "logarithmic" -> new Logarithmic(RnnCell.of(2 * I, H, init));
      case "logarithmic, wrapped" ->
          new Zoneout<>(
              LearnedStart.of(
                  new Clipped<>(new Logarithmic(RnnCell.of(2 * I, H, init)), 0.9), init.at("s")),
              0.2);
      case "logarithmic, stacked" ->
          new Stacked(
              List.of(
                  new Logarithmic(RnnCell.of(2 * I, H, init.at("0"))),
                  new Residual<>(GruCell.of(H, H, init.at("1")))));
      default -> Subjects.cell(name, I, H, init);
    };
  }

  static Stream<String> names() {
    return Stream.concat(
        Subjects.names(),
        Stream.of("elapsed", "logarithmic", "logarithmic, wrapped", "logarithmic, stacked"));
  }

  /** Columns above 0, the first of which grows with time. */
  private static double[] events(boolean backward, int batch) {
    double[] x = KEY.uniform(DType.FLOAT64, Shape.of(batch, T, I), 0.5, 1).toDoubles();
    for (int i = 0; i < batch * T; i++) {
      x[i * I] += backward ? T - 1 - i % T : i % T;
    }
    return x;
  }

  /** Masks with gaps, a row without valid steps, and single steps. */
  private static final double[][] HOLES = {
    {1, 1, 1, 1, 1, 1},
    {1, 1, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 0},
    {0, 1, 0, 1, 1, 0},
    {1, 0, 0, 0, 0, 0},
    {0, 0, 0, 0, 0, 1},
  };

  /** Lengths: in the backward direction, masked steps come first. */
  private static final double[][] LENGTHS = {
    {1, 1, 1, 0, 0, 0}, {1, 1, 1, 1, 1, 1}, {1, 0, 0, 0, 0, 0},
  };

  @ParameterizedTest
  @MethodSource("names")
  void whatIsMaskedChangesNeitherValueNorGradient(String name) {
    law(cell(name));
  }

  private record Found(List<Tensor> values, List<Tensor> rows, List<Tensor> parameters) {}

  private static <S extends State<S>> void law(Cell<S> cell) {
    for (boolean backward : new boolean[] {false, true}) {
      Unroll<S> planned = backward ? Unroll.backward(cell) : Unroll.of(cell);
      for (double[][] masks : List.of(HOLES, LENGTHS)) {
        for (Unroll<S> unroll :
            List.of(
                planned,
                planned.eager(),
                planned.checkpointed(),
                planned.onGradient((time, carried, g) -> g))) {
          all(cell, unroll, masks, events(backward, masks.length));
        }
      }
    }
  }

  private static <S extends State<S>> void all(
      Cell<S> cell, Unroll<S> unroll, double[][] masks, double[] clean) {
    int batch = masks.length;
    double[] mask = Arrays.stream(masks).flatMapToDouble(Arrays::stream).toArray();
    double[] poisoned = clean.clone();
    for (int i = 0; i < poisoned.length; i++) {
      poisoned[i] = mask[i / I] == 0 ? POISON[(i * 7 + 1) % POISON.length] : poisoned[i];
    }
    Tensor flat = Tensor.of(Shape.of(batch, T), mask);
    Found together = run(cell, unroll, Tensor.of(Shape.of(batch, T, I), poisoned), flat);
    List<Found> alone = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      int row = b;
      double[] own =
          IntStream.range(0, T)
              .filter(t -> masks[row][t] != 0)
              .flatMap(t -> IntStream.range(0, I).map(i -> (row * T + t) * I + i))
              .mapToDouble(i -> clean[i])
              .toArray();
      if (own.length == 0) {
        nothing(together, b);
        continue;
      }
      int n = own.length / I;
      Tensor ones = Tensor.full(DType.FLOAT64, Shape.of(1, n), 1);
      Found one = run(cell, unroll, Tensor.of(Shape.of(1, n, I), own), ones);
      alone.add(one);
      for (int i = 0; i < one.values.size(); i++) {
        close(taken(masks[b], together.values.get(i), b, i == 0), one.values.get(i), "value " + i);
      }
      for (int i = 0; i < one.rows.size(); i++) {
        close(
            taken(masks[b], together.rows.get(i), b, i == 0),
            one.rows.get(i),
            "gradient by input " + i);
      }
    }
    masked(masks, together.values.getFirst());
    masked(masks, together.rows.getFirst());
    for (int i = 0; i < together.parameters.size(); i++) {
      int p = i;
      Tensor sum = alone.stream().map(f -> f.parameters.get(p)).reduce(Tensor::add).orElseThrow();
      close(together.parameters.get(p), sum, "gradient by parameter " + i);
    }
  }

  /** Returns one row of a batch, with its valid steps only. */
  private static Tensor taken(double[] mask, Tensor all, int b, boolean sequence) {
    Tensor row = all.slice(0, b, b + 1);
    if (!sequence) {
      return row;
    }
    List<Tensor> steps = new ArrayList<>();
    for (int t = 0; t < T; t++) {
      if (mask[t] != 0) {
        steps.add(row.slice(1, t, t + 1));
      }
    }
    return Join.concat(1, steps);
  }

  private static void masked(double[][] masks, Tensor sequences) {
    for (int b = 0; b < masks.length; b++) {
      for (int t = 0; t < T; t++) {
        if (masks[b][t] == 0) {
          assertThat(sequences.select(0, b).select(0, t).toDoubles()).containsOnly(0);
        }
      }
    }
  }

  /** The final state of a row without valid steps is the initial one. */
  private static void nothing(Found together, int b) {
    for (int i = 1; i < together.values.size(); i++) {
      double[] state = together.values.get(i).select(0, b).toDoubles();
      double[] expected = Arrays.stream(state).map(v -> 2 * v).toArray();
      assertThat(together.rows.get(i).select(0, b).toDoubles()).containsExactly(expected);
    }
  }

  private static void close(Tensor actual, Tensor expected, String what) {
    assertThat(Tolerance.of(1e-9).difference(expected, actual)).as(what).isEmpty();
  }

  /** Returns outputs and states, and the gradients of the sum of their squares. */
  private static <S extends State<S>> Found run(
      Cell<S> cell, Unroll<S> unroll, Tensor in, Tensor mask) {
    Variable x = Variable.input(in);
    List<Variable> start = new ArrayList<>();
    S zero = cell.initialState(in.shape().dim(0), in.type());
    zero.variables().forEach(v -> start.add(Variable.input(v.value())));
    Recurrent.Result<S> r = unroll.apply(x, zero.with(start), mask, Mode.evaluation());
    List<Variable> values = new ArrayList<>(List.of(r.outputs()));
    values.addAll(r.state().variables());
    Variable loss = values.stream().map(v -> v.mul(v).sum()).reduce(Variable::add).orElseThrow();
    List<Variable> by = new ArrayList<>(List.of(x));
    by.addAll(start);
    List<Parameter> parameters = List.copyOf(cell.parameters().values());
    by.addAll(parameters);
    List<Tensor> gradients =
        Gradients.of(loss, Variable.scalar(loss.type(), 1), by).stream()
            .map(Variable::value)
            .toList();
    int rows = 1 + start.size();
    return new Found(
        values.stream().map(Variable::value).toList(),
        gradients.subList(0, rows),
        gradients.subList(rows, gradients.size()));
  }
}
