package dev.unroll.tensor.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.kernel.Layout;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows that threads compute. */
class RowsTest {
  private static final int ROWS = 8;
  private static final int N = 4;

  /** What a task writes are columns 1 to 4 of a buffer of 6. */
  private static final int WIDTH = 6;

  /** The value of what no task writes. */
  private static final float UNTOUCHED = -99;

  private static Operand operand(int buffer, Layout l, int... dims) {
    return Operands.of(new Location(buffer, TimeSlot.THIS, l.offset()), l, dims);
  }

  private static RowMajor rowMajor(int buffer, Layout l, int... dims) {
    return (RowMajor) operand(buffer, l, dims);
  }

  private static Fused square(Operand in, RowMajor to) {
    Program.Builder p = Program.inputs(1);
    Program square = p.results(p.mul(0, 0));
    int[] results = square.results().stream().mapToInt(r -> r).toArray();
    return new Fused(List.of(in), List.of(to), square.body(), results);
  }

  private static Multiply product(Multiply.Addend addend, Operand in, RowMajor to) {
    return new Multiply(addend, in, null, 0, to, null);
  }

  /** A task that reads x and perhaps d, and an element that it computes. */
  private enum Case {
    COPY {
      @Override
      Task task(RowMajor x, RowMajor d, RowMajor to) {
        return new CopyRows(x, to);
      }

      @Override
      float expected(float[] x, float[] d, float[] w, int row, int column) {
        return x[row * N + column];
      }
    },
    FUSED {
      @Override
      Task task(RowMajor x, RowMajor d, RowMajor to) {
        return square(x, to);
      }

      @Override
      float expected(float[] x, float[] d, float[] w, int row, int column) {
        return x[row * N + column] * x[row * N + column];
      }
    },
    GATHER {
      @Override
      Task task(RowMajor x, RowMajor d, RowMajor to) {
        return new Gather(x, 0, to);
      }

      @Override
      float expected(float[] x, float[] d, float[] w, int row, int column) {
        return x[(ROWS - 1 - row) * N + column];
      }
    },
    PRODUCT {
      @Override
      Task task(RowMajor x, RowMajor d, RowMajor to) {
        return product(new Multiply.Zero(), x, to);
      }

      @Override
      float expected(float[] x, float[] d, float[] w, int row, int column) {
        float sum = 0;
        for (int k = 0; k < N; k++) {
          sum += x[row * N + k] * w[k * N + column];
        }
        return sum;
      }
    },
    PRODUCT_AND_OPERAND {
      @Override
      Task task(RowMajor x, RowMajor d, RowMajor to) {
        return product(new Multiply.Of(d, null), x, to);
      }

      @Override
      float expected(float[] x, float[] d, float[] w, int row, int column) {
        return PRODUCT.expected(x, d, w, row, column) + d[row * N + column];
      }
    };

    abstract Task task(RowMajor x, RowMajor d, RowMajor to);

    abstract float expected(float[] x, float[] d, float[] w, int row, int column);
  }

  private static float[] integers(int seed, int rows) {
    return TestLoop.integers(DType.FLOAT32, seed, Shape.of(rows, N)).toFloats();
  }

  private static Buffer buffer(int... dims) {
    return new Buffer(Kind.COMPUTED, Lifetime.STEP, 0, 0, dims);
  }

  @ParameterizedTest
  @EnumSource
  void aThreadComputesItsRowsAndWritesNoOthers(Case c) {
    float[] x = integers(1, ROWS);
    float[] d = integers(2, ROWS);
    float[] w = integers(3, N);
    List<Buffer> buffers = List.of(buffer(ROWS, N), buffer(ROWS, N), buffer(ROWS, WIDTH));
    Workspace.Sizes sizes = new Workspace.Sizes(1, List.of(ROWS), 0, 0);
    Layout dense = Layout.of(ROWS, N);
    Layout part = Layout.of(ROWS, WIDTH).slice(1, 1, N);
    Task task =
        c.task(
            rowMajor(0, dense, ROWS, N),
            rowMajor(1, dense, ROWS, N),
            rowMajor(2, part, ROWS, WIDTH));
    for (int parts : new int[] {1, 2, 3}) {
      for (int p = 0; p < parts; p++) {
        Workspace<float[]> space = new Workspace<>(Floats.INSTANCE, buffers, sizes, 1, 1, true);
        float[] out = new float[ROWS * WIDTH];
        Arrays.fill(out, UNTOUCHED);
        space.arrays[0] = x;
        space.arrays[1] = d;
        space.arrays[2] = out;
        space.bind(0, 7, 6, 5, 4, 3, 2, 1, 0);
        space.bind(0, Product.pack(Floats.INSTANCE, N, N, new Matrix<>(w, 0, N, 1)), true);
        task.run(space, new RowRange<>(task.rows(), task.frame(), p, parts), 0);
        float[] expected = new float[ROWS * WIDTH];
        for (int i = 0; i < expected.length; i++) {
          int row = i / WIDTH;
          int column = i % WIDTH - 1;
          boolean computed =
              row >= ROWS * p / parts && row < ROWS * (p + 1) / parts && column >= 0 && column < N;
          expected[i] = computed ? c.expected(x, d, w, row, column) : UNTOUCHED;
        }
        assertThat(out).as("part %d of %d", p, parts).containsExactly(expected);
      }
    }
  }

  @Test
  void aRowIsCopiedRunByRun() {
    Layout cube = Layout.of(2, 2, 3);
    Buffer b = buffer(2, 2, 3);
    Workspace.Sizes none = new Workspace.Sizes(0, List.of(), 0, 0);
    Workspace<float[]> w = new Workspace<>(Floats.INSTANCE, List.of(b, b), none, 1, 1, true);
    w.arrays[0] = new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    Operand in = operand(0, cube.permute(0, 2, 1), 2, 2, 3);
    Layout to = Layout.of(2, 3, 2);
    CopyRows copy = new CopyRows(in, operand(1, to, 2, 3, 2));
    copy.run(w, new RowRange<>(2, null, 0, 1), 0);
    assertThat(w.array(1)).containsExactly(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11);
  }

  @Test
  void partsCoverAllRows() {
    assertThat(
            Stream.of(0, 1, 2)
                .map(part -> new RowRange<float[]>(10, null, part, 3))
                .map(r -> List.of(r.from, r.to)))
        .containsExactly(List.of(0, 3), List.of(3, 6), List.of(6, 10));
    RowRange<float[]> whole = new RowRange<>(-1, null, 0, 1);
    assertThat(List.of(whole.from, whole.to)).containsExactly(0, -1);
  }

  private static final int[] SQUARE = {4, 4};
  private static final Layout WHOLE = Layout.of(SQUARE);
  private static final RowMajor STATE = rowMajor(0, WHOLE, SQUARE);
  private static final RowMajor OTHER = rowMajor(1, WHOLE, SQUARE);
  private static final Operand TRANSPOSED = operand(0, WHOLE.permute(1, 0), SQUARE);

  private static int split(Task... tasks) {
    return RowSplit.rows(List.of(tasks));
  }

  @Test
  void rowsAreDividedWhereNoneDependsOnAnother() {
    assertThat(split(new CopyRows(OTHER, STATE), new CopyRows(STATE, OTHER))).isEqualTo(4);
    assertThat(split(new CopyRows(TRANSPOSED, OTHER))).isEqualTo(4);
    assertThat(split(product(new Multiply.Of(STATE, null), STATE, OTHER), square(OTHER, STATE)))
        .isEqualTo(4);
    assertThat(split()).isEqualTo(-1);
  }

  @Test
  void whatReadsOtherRowsOfAResultIsNotDivided() {
    RowMajor column = rowMajor(0, WHOLE.slice(1, 0, 1), SQUARE);
    for (Task writer :
        List.of(
            new CopyRows(OTHER, STATE),
            square(OTHER, STATE),
            new Gather(OTHER, 0, STATE),
            new RowSum(OTHER, column),
            product(new Multiply.Zero(), OTHER, STATE))) {
      assertThat(split(writer)).isEqualTo(4);
      for (Task reader :
          List.of(
              new CopyRows(TRANSPOSED, OTHER),
              square(TRANSPOSED, OTHER),
              product(new Multiply.Zero(), TRANSPOSED, OTHER),
              product(new Multiply.Of(TRANSPOSED, null), OTHER, OTHER))) {
        assertThat(split(writer, reader)).as("%s, %s", writer, reader).isEqualTo(-1);
        assertThat(split(reader, writer)).as("%s, %s", reader, writer).isEqualTo(-1);
      }
    }
  }

  @Test
  void whatHasOtherRowsOrNoneIsNotDivided() {
    RowMajor few = rowMajor(1, Layout.of(3, 4), 3, 4);
    assertThat(split(new CopyRows(OTHER, STATE), new CopyRows(few, few))).isEqualTo(-1);
    RowMajor vector = rowMajor(1, Layout.of(4), 4);
    assertThat(split(new CopyRows(vector, vector))).isEqualTo(1);
    Call.Target target = new Call.Target(DType.FLOAT32, Shape.of(4, 4), STATE);
    assertThat(split(new Call(t -> t[0], target, List.of()))).isEqualTo(-1);
  }
}
