package dev.unroll.autograd.randomcell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cells that once gave other numbers as planned than step by step. */
class HandPickedCellsTest {

  /** A step of one input and one state. */
  private interface Body {
    Variable next(Variable x, Variable s);
  }

  private static Setup carried(DType type, Shape x, Shape s, int steps, Body body) {
    Variable in = Data.input(type, 1, x.insert(0, steps).dims());
    Variable initial = Data.input(type, 2, s.dims());
    return Setup.of(
        (i, c, time) -> {
          Variable next = body.next(i.get(0), c.get(0));
          return new Scan.Result(List.of(next), List.of(next));
        },
        List.of(in),
        List.of(initial),
        List.of(in, initial));
  }

  private enum Cell {
    SUM_OF_COLUMNS_OF_A_TRANSPOSED_SUM(type ->
        carried(
            type,
            Shape.of(2, 2),
            Shape.of(2, 1),
            3,
            (x, s) -> x.add(s).permute(1, 0).sumTo(Shape.of(2, 1)).mul(0.5))),
    BIAS_UNDER_A_TRANSPOSED_TANH(type -> {
      Parameter b = Data.parameter(type, 3, 2);
      Variable x = Data.input(type, 1, 3, 2, 2);
      Variable s = Data.input(type, 2, 2, 2);
      return Setup.of(
          (in, c, time) -> {
            Variable y = in.get(0).add(b).permute(1, 0).tanh().permute(1, 0);
            return new Scan.Result(List.of(y), List.of(y.add(c.get(0))));
          },
          List.of(x),
          List.of(s),
          List.of(x, s, b));
    }),
    ROWS_OF_A_TABLE_TRANSPOSED(type -> {
      Parameter table = Data.parameter(type, 3, 3, 2);
      Variable ids = Variable.of(Data.ids(1, 0, 3, 4, 2));
      Variable s = Data.input(type, 2, 2, 2);
      return Setup.of(
          (in, c, time) -> {
            Variable y = table.gather(in.get(0)).permute(1, 0).mul(c.get(0)).tanh();
            return new Scan.Result(List.of(y), List.of(y));
          },
          List.of(ids),
          List.of(s),
          List.of(s, table));
    }),
    ONE_ROW_TRANSPOSED(type -> {
      Parameter w = Data.parameter(type, 3, 3, 2);
      Parameter v = Data.parameter(type, 4, 1, 3);
      Variable x = Data.input(type, 1, 4, 1, 3);
      Variable s = Data.input(type, 2, 1, 3);
      return Setup.of(
          (in, c, time) -> {
            Variable y = in.get(0).add(c.get(0)).matmul(w).permute(1, 0).matmul(v);
            return new Scan.Result(List.of(y), List.of(y.select(0, 1).reshape(Shape.of(1, 3))));
          },
          List.of(x),
          List.of(s),
          List.of(x, s, w, v));
    }),
    A_SCALAR_GATE(type -> {
      Parameter w = Data.parameter(type, 3, 4, 4);
      Parameter b = Data.parameter(type, 4, 4);
      Variable x = Data.input(type, 1, 3, 5, 4);
      Variable s = Data.input(type, 2, 5, 4);
      return Setup.of(
          (in, c, time) -> {
            Variable gate = in.get(0).linear(w, b).sumTo(Shape.of(5, 1)).sigmoid();
            Variable h = gate.mul(c.get(0)).add(in.get(0)).tanh();
            return new Scan.Result(List.of(h), List.of(h));
          },
          List.of(x),
          List.of(s),
          List.of(x, s, w, b));
    }),
    SUM_OF_AN_EXPANDED_COLUMN(type ->
        carried(
            type,
            Shape.of(3, 1),
            Shape.of(3, 1),
            3,
            (x, s) -> x.add(s).expand(Shape.of(3, 4)).sumTo(Shape.of(3, 1)).tanh())),
    ONE_STATE_OF_OUTPUT_AND_MEMORY(type -> {
      Parameter w = Data.parameter(type, 3, 7, 16);
      Variable x = Data.input(type, 1, 5, 3, 3);
      Variable s = Data.input(type, 2, 3, 8);
      return Setup.of(
          (in, c, time) -> {
            Variable h = c.get(0).slice(1, 0, 4);
            Variable m = c.get(0).slice(1, 4, 8);
            List<Variable> z = Variable.concat(1, in.get(0), h).matmul(w).chunk(1, 4);
            Variable n = z.get(0).sigmoid().mul(m).add(z.get(1).sigmoid().mul(z.get(2).tanh()));
            Variable o = z.get(3).sigmoid().mul(n.tanh());
            return new Scan.Result(List.of(o), List.of(Variable.concat(1, o, n)));
          },
          List.of(x),
          List.of(s),
          List.of(x, s, w));
    }),
    ZEROS_AS_NEXT_STATE(type -> {
      Variable x = Data.input(type, 1, 3, 2, 2);
      Variable s = Data.input(type, 2, 2, 2);
      return Setup.of(
          (in, c, time) ->
              new Scan.Result(
                  List.of(in.get(0).add(c.get(0)).tanh()),
                  List.of(Variable.of(Tensor.zeros(type, Shape.of(2, 2))))),
          List.of(x),
          List.of(s),
          List.of(x, s));
    }),
    A_PARAMETER_EXPANDED_AS_NEXT_STATE(type -> {
      Parameter p = Data.parameter(type, 3, 2);
      Variable x = Data.input(type, 1, 3, 4, 2);
      Variable s = Data.input(type, 2, 4, 2);
      return Setup.of(
          (in, c, time) ->
              new Scan.Result(List.of(in.get(0).mul(c.get(0))), List.of(p.expand(Shape.of(4, 2)))),
          List.of(x),
          List.of(s),
          List.of(x, s, p));
    }),
    A_DETACHED_STATE(type -> {
      Variable x = Data.input(type, 1, 2, 1);
      Variable s = Data.input(type, 2, 1);
      return Setup.of(
          (in, c, time) -> {
            Variable r = in.get(0).mul(c.get(0));
            return new Scan.Result(List.of(r), List.of(r.detach()));
          },
          List.of(x),
          List.of(s),
          List.of(x, s));
    }),
    A_SHARE_OF_SMALL_NUMBERS(type ->
        carried(
            type,
            Shape.of(2, 4),
            Shape.of(2, 4),
            3,
            (x, s) -> {
              Variable e = x.mul(0.1).add(s.mul(0.1)).affine(1, -95).exp();
              return e.div(e.sumTo(Shape.of(2, 1)));
            })),
    NO_ROWS(type -> carried(type, Shape.of(0, 3), Shape.of(0, 3), 4, (x, s) -> x.add(s).tanh())),
    NO_STEPS(type -> carried(type, Shape.of(2, 3), Shape.of(2, 3), 0, (x, s) -> x.add(s).tanh())),
    ROWS_THAT_CROSS(type ->
        carried(
            type,
            Shape.of(64, 64),
            Shape.of(64, 64),
            200,
            (x, s) -> x.add(s.permute(1, 0)).tanh())),
    PARTS_ALONG_THE_LAST_OF_THREE_AXES(type ->
        carried(
            type,
            Shape.of(2, 2, 3),
            Shape.of(2, 2, 3),
            3,
            (x, s) -> {
              Variable y = x.add(s);
              return Variable.concat(2, y.slice(2, 0, 1).tanh().exp(), y.slice(2, 1, 3).tanh());
            })),
    A_VALUE_THAT_NO_STEP_CHANGES(type -> {
      Parameter p = Data.parameter(type, 3, 2, 2);
      Variable x = Data.input(type, 1, 3, 2, 2);
      Variable s = Data.input(type, 2, 2, 2);
      return Setup.of(
          (in, c, time) -> {
            Variable h = in.get(0).add(c.get(0)).tanh();
            return new Scan.Result(List.of(h, p.tanh()), List.of(h));
          },
          List.of(x),
          List.of(s),
          List.of(x, s, p));
    });

    final Function<DType, Setup> setup;

    Cell(Function<DType, Setup> setup) {
      this.setup = setup;
    }
  }

  @ParameterizedTest
  @EnumSource(Cell.class)
  void allWaysAgree(Cell cell) {
    for (boolean backward : new boolean[] {false, true}) {
      Subject subject =
          (type, version) -> {
            Setup s = cell.setup.apply(type);
            return backward ? s.reversed() : s;
          };
      assertThat(new FourWays().of(subject, Results.Depth.SECOND))
          .as("backward " + backward)
          .isEmpty();
    }
  }
}
