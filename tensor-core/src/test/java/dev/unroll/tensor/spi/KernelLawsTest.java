package dev.unroll.tensor.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.Tolerance;
import dev.unroll.tensor.kernel.Doubles;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Floats;
import dev.unroll.tensor.scalar.ScalarKernelProvider;
import dev.unroll.tensor.simd.SimdKernelProvider;
import dev.unroll.testing.Property;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What {@link Kernels} promises, of both providers and types: each call writes its own range and
 * nothing else, an element does not know its neighbours, and the providers agree.
 */
class KernelLawsTest {
  /** What lies around every range that is written. */
  private static final double GUARD = 12345;

  private static final KernelProvider SIMD = new SimdKernelProvider();
  private static final KernelProvider SCALAR = new ScalarKernelProvider();

  /** The kernels of one type, from both providers. */
  private record Pair<A>(Elements<A> e, Kernels<A> simd, Kernels<A> scalar, double unit) {
    A normal(int n, long seed) {
      Random r = new Random(seed);
      A a = e.allocate(n);
      for (int i = 0; i < n; i++) {
        e.set(a, i, r.nextGaussian());
      }
      return a;
    }

    void makePositive(A a, int n) {
      for (int i = 0; i < n; i++) {
        e.set(a, i, Math.abs(e.get(a, i)));
      }
    }

    A guarded(int n) {
      A a = e.allocate(n);
      e.fill(a, 0, n, GUARD);
      return a;
    }

    /** Returns a copy in native memory, where panels lie. */
    MemorySegment outside(A a) {
      MemorySegment heap = heap(a);
      return e.panels(heap.byteSize()).copyFrom(heap).asSlice(0, heap.byteSize());
    }

    /** Returns the same memory. */
    static MemorySegment heap(Object a) {
      return a instanceof float[] f
          ? MemorySegment.ofArray(f)
          : MemorySegment.ofArray((double[]) a);
    }

    void close(A a, A b, int n, double scale) {
      Tolerance rounding = Tolerance.of(unit * scale);
      for (int i = 0; i < n; i++) {
        if (!rounding.allows(e.get(b, i), e.get(a, i))) {
          throw new AssertionError(
              "element " + i + " is " + e.get(a, i) + ", should be " + e.get(b, i));
        }
      }
    }

    void untouched(A a, int from, int to) {
      for (int i = from; i < to; i++) {
        if (e.get(a, i) != GUARD) {
          throw new AssertionError("written outside the range, at " + i + ": " + e.get(a, i));
        }
      }
    }
  }

  private static Pair<?> pair(boolean single) {
    return single
        ? new Pair<>(Floats.INSTANCE, SIMD.float32(), SCALAR.float32(), 0x1p-23)
        : new Pair<>(Doubles.INSTANCE, SIMD.float64(), SCALAR.float64(), 0x1p-52);
  }

  @Test
  void elementwiseWritesItsRangeAndProvidersAgree() {
    Property.holds(draw -> {
      Code code = draw.oneOf("code", Code.values());
      boolean single = draw.coin("single");
      int n = draw.between("n", 0, 150);
      int at = draw.between("at", 0, 20);
      long seed = draw.seed("seed");
      elementwise(pair(single), code, n, at, seed);
    });
  }

  private static <A> void elementwise(Pair<A> p, Code code, int n, int at, long seed) {
    Instruction i = new Instruction(code, 0, 1, 2, 1.5, 0.5);
    A a = p.normal(n + 3, seed);
    A b = p.normal(n + 5, seed + 1);
    A c = p.normal(n + 1, seed + 2);
    if (seed % 2 == 0) { // So that roots and logarithms are numbers.
      p.makePositive(a, n + 3);
      p.makePositive(b, n + 5);
    }
    A x = p.guarded(n + at + 20);
    A y = p.guarded(n + at + 20);
    p.simd.elementwise(i, n, a, 3, b, 5, c, 1, x, at);
    p.scalar.elementwise(i, n, a, 3, b, 5, c, 1, y, at);
    p.close(x, y, n + at + 20, 8);
    p.untouched(x, 0, at);
    p.untouched(x, at + n, n + at + 20);
    p.untouched(y, 0, at);
    p.untouched(y, at + n, n + at + 20);
    // In place, and one element alone: the same bits.
    A own = p.e.allocate(n + 3);
    p.e.copy(n + 3, a, 0, 1, own, 0, 1);
    p.simd.elementwise(i, n, own, 3, b, 5, c, 1, own, 3);
    A one = p.e.allocate(1);
    for (int k = 0; k < n; k++) {
      Double expected = p.e.get(x, at + k); // Boxed, so that NaN is equal to itself.
      assertThat(p.e.get(own, 3 + k)).isEqualTo(expected);
      p.simd.elementwise(i, 1, a, 3 + k, b, 5 + k, c, 1 + k, one, 0);
      assertThat(p.e.get(one, 0)).isEqualTo(expected);
    }
  }

  @Test
  void transposesMoveEveryElementAndWriteNothingElse() {
    Property.holds(draw -> {
      boolean single = draw.coin("single");
      int rows = draw.between("rows", 1, 70);
      int columns = draw.between("columns", 1, 70);
      long seed = draw.seed("seed");
      transpose(pair(single), true, rows, columns, seed);
      transpose(pair(single), false, rows, columns, seed);
    });
  }

  private static <A> void transpose(Pair<A> p, boolean simd, int rows, int columns, long seed) {
    Kernels<A> kernels = simd ? p.simd : p.scalar;
    int lda = columns + 3;
    int ldo = rows + 2;
    A a = p.normal(5 + rows * lda, seed);
    int size = 4 + columns * ldo + 40;
    A out = p.guarded(size);
    kernels.transpose(rows, columns, a, 5, lda, out, 4, ldo);
    p.untouched(out, 0, 4);
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        assertThat(p.e.get(out, 4 + j * ldo + i)).isEqualTo(p.e.get(a, 5 + i * lda + j));
      }
      int end = 4 + j * ldo + rows;
      p.untouched(out, end, j + 1 < columns ? end + 2 : size);
    }
  }

  @Test
  void packsHoldEveryColumnWhateverTheStrides() {
    Property.holds(draw -> {
      boolean single = draw.coin("single");
      int k = draw.between("k", 1, 40);
      int columns = draw.between("columns", 1, 200);
      long seed = draw.seed("seed");
      Pair<?> p = pair(single);
      for (boolean simd : new boolean[] {true, false}) {
        pack(p, simd, k, columns, columns + 3, 1, seed);
        pack(p, simd, k, columns, 1, k + 2, seed);
        pack(p, simd, k, columns, 2 * columns, 2, seed);
      }
    });
  }

  private static <A> void pack(
      Pair<A> p, boolean simd, int k, int columns, int rowStride, int columnStride, long seed) {
    Kernels<A> kernels = simd ? p.simd : p.scalar;
    int w = kernels.pairWidth();
    int h = w / 2;
    int panels = (columns + w - 1) / w;
    A b = p.normal(3 + (k - 1) * rowStride + (columns - 1) * columnStride + 1, seed);
    int size = 2 + panels * k * w + 40;
    A out = p.guarded(size);
    MemorySegment memory = p.outside(out);
    kernels.pack(k, columns, b, 3, rowStride, columnStride, memory, 2);
    Pair.heap(out).copyFrom(memory);
    p.untouched(out, 0, 2);
    p.untouched(out, 2 + panels * k * w, size);
    for (int j = 0; j < panels * w; j++) {
      for (int i = 0; i < k; i++) {
        double expected = j < columns ? p.e.get(b, 3 + i * rowStride + j * columnStride) : 0;
        assertThat(p.e.get(out, 2 + j / h * k * h + i * h + j % h)).isEqualTo(expected);
      }
    }
  }

  @Test
  void productsWriteTheirBlockAndProvidersAgree() {
    Property.holds(draw -> {
      boolean single = draw.coin("single");
      int m = draw.between("m", 1, 30);
      int k = draw.between("k", 1, 40);
      long seed = draw.seed("seed");
      product(pair(single), m, k, seed);
    });
  }

  private static <A> void product(Pair<A> p, int m, int k, long seed) {
    Random r = new Random(seed);
    int w = p.simd.pairWidth();
    int columns = 1 + r.nextInt(6 * w);
    int h = w / 2;
    int step = k * h + r.nextInt(3);
    int lda = Kernels.ROW_DISTANCE;
    int ldc = columns + r.nextInt(5);
    A a = p.normal(m * lda + 2, seed);
    A b = p.normal(14 * step + 1, seed + 1);
    A start = p.normal(m * columns, seed + 2);
    int size = m * ldc + 70;
    A c = p.guarded(size);
    for (int i = 0; i < m; i++) {
      p.e.copy(columns, start, i * columns, 1, c, 3 + i * ldc, 1);
    }
    p.simd.product(m, k, a, 2, p.outside(b), 1, step, c, 3, ldc, columns);
    p.untouched(c, 0, 3);
    for (int i = 0; i < m; i++) {
      int row = 3 + i * ldc;
      p.untouched(c, row + columns, i + 1 < m ? row + ldc : size);
      for (int j = 0; j < columns; j++) {
        double sum = p.e.get(start, i * columns + j);
        for (int q = 0; q < k; q++) {
          sum += p.e.get(a, 2 + i * lda + q) * p.e.get(b, 1 + j / h * step + q * h + j % h);
        }
        assertThat(p.e.get(c, row + j))
            .isCloseTo(sum, within(p.unit * (10 + 2 * k) * (1 + Math.abs(sum))));
      }
    }
    inPlace(p, m, k, a, lda, b, step, start, columns, c, ldc);
    scalarProduct(p, m, k, a, lda, b, h, start, columns);
  }

  /** Whole panels, laid out as rows: the same bits. */
  private static <A> void inPlace(
      Pair<A> p, int m, int k, A a, int lda, A b, int step, A start, int columns, A c, int ldc) {
    int w = p.simd.pairWidth();
    int whole = columns / w * w;
    int h = w / 2;
    int ldb = whole + 3;
    A rows = p.guarded(5 + k * ldb);
    for (int q = 0; q < k; q++) {
      for (int j = 0; j < whole; j += h) {
        p.e.copy(h, b, 1 + j / h * step + q * h, 1, rows, 5 + q * ldb + j, 1);
      }
    }
    A x = p.guarded(m * (whole + 1) + 1);
    for (int i = 0; i < m; i++) {
      p.e.copy(whole, start, i * columns, 1, x, i * (whole + 1), 1);
    }
    p.simd.productInPlace(m, k, a, 2, lda, rows, 5, ldb, x, 0, whole + 1, whole);
    for (int i = 0; i < m; i++) {
      p.untouched(x, i * (whole + 1) + whole, (i + 1) * (whole + 1));
      for (int j = 0; j < whole; j++) {
        assertThat(p.e.get(x, i * (whole + 1) + j)).isEqualTo(p.e.get(c, 3 + i * ldc + j));
      }
    }
  }

  /** The scalar kernels have panels of their own width: columns are handed to them one by one. */
  private static <A> void scalarProduct(
      Pair<A> p, int m, int k, A a, int lda, A b, int ldb, A start, int columns) {
    int w = p.scalar.pairWidth();
    int h = w / 2;
    int few = Math.min(Math.min(h, ldb), columns);
    A panel = p.e.allocate(k * w);
    for (int q = 0; q < k; q++) {
      p.e.copy(few, b, 1 + q * ldb, 1, panel, q * h, 1);
    }
    A c = p.guarded(m * (few + 1));
    for (int i = 0; i < m; i++) {
      p.e.copy(few, start, i * columns, 1, c, i * (few + 1), 1);
    }
    p.scalar.product(m, k, a, 2, p.outside(panel), 0, k * h, c, 0, few + 1, few);
    for (int i = 0; i < m; i++) {
      p.untouched(c, i * (few + 1) + few, (i + 1) * (few + 1));
      double sum = p.e.get(start, i * columns);
      for (int q = 0; q < k; q++) {
        sum += p.e.get(a, 2 + i * lda + q) * p.e.get(b, 1 + q * ldb);
      }
      assertThat(p.e.get(c, i * (few + 1)))
          .isCloseTo(sum, within(p.unit * (10 + 2 * k) * (1 + Math.abs(sum))));
    }
  }

  @Test
  void sumsReadTheirRangeAndProvidersAgree() {
    Property.holds(draw -> {
      boolean single = draw.coin("single");
      int n = draw.between("n", 0, 1100);
      int at = draw.between("at", 0, 9);
      long seed = draw.seed("seed");
      sums(pair(single), n, at, seed);
    });
  }

  private static <A> void sums(Pair<A> p, int n, int at, long seed) {
    A x = p.normal(n + at + 40, seed);
    p.e.fill(x, 0, at, Double.NaN);
    p.e.fill(x, at + n, 40, Double.NaN);
    double size = Math.sqrt(n + 1) * 16 * p.unit;
    assertThat(p.simd.sum(n, x, at)).isCloseTo(p.scalar.sum(n, x, at), within(size * 4));
    A zeros = p.guarded(n + at);
    p.e.fill(zeros, at, n, -0.0);
    double sign = n == 0 ? 1 : -1;
    assertThat(Math.copySign(1, p.simd.sum(n, zeros, at))).isEqualTo(sign);
    assertThat(Math.copySign(1, p.scalar.sum(n, zeros, at))).isEqualTo(sign);
    assertThat(p.simd.sumOfSquares(n, x, at))
        .isCloseTo(p.scalar.sumOfSquares(n, x, at), within(p.unit * 4 * (n + 1)));
    double max = p.simd.max(n, x, at);
    assertThat(max).isEqualTo(p.scalar.max(n, x, at));
    double shift = n == 0 ? 0 : max;
    A u = p.guarded(n + 30);
    A v = p.guarded(n + 30);
    double total = p.simd.expSum(n, x, at, shift, u, 7);
    assertThat(total)
        .isCloseTo(p.scalar.expSum(n, x, at, shift, v, 7), within(p.unit * 4 * (n + 1)));
    p.close(u, v, n + 30, 8);
    p.untouched(u, 0, 7);
    p.untouched(u, n + 7, n + 30);
  }
}
