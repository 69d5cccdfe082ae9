package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.Kernels;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The matrix product above the micro-kernels: blocks, packing and threads, written once for every
 * provider and type. Each element of C is one chain over ascending k that starts from the value of
 * C, so that results do not depend on blocks, threads or tails, and a row's result not on the other
 * rows.
 */
public final class Product {
  /** Rows of a task: a multiple of every micro-kernel's rows; its block of A stays in L2. */
  private static final int ROWS = 96;

  /** Depth of one call: a block of A, with as many rows as a task has, and panels stay in L2. */
  private static final int DEPTH = 1024;

  /** Elements between rows of A that were copied. */
  private static final int DISTANCE = Kernels.ROW_DISTANCE;

  /** The gap after longer rows, in elements. */
  private static final int GAP = DISTANCE - DEPTH;

  /** Below this many multiply-adds, waking other threads costs more than it saves. */
  private static final int ALONE = 1 << 22;

  /** Parts for each thread, so that none waits long for the last. */
  private static final int PARTS = 8;

  /** The maximum number of rows of A that are prepared for all panels of B. */
  private static final int MANY = 1024;

  /** Rows of pairs of panels that are used at a time, 128 bytes each at most, which fit into L2. */
  private static final int TAKEN = 1 << 12;

  /** Rows of A that one thread copies at a time. */
  private static final int COPY = 32;

  /** Below this number of elements, one thread copies them all. */
  private static final int COPY_ALONE = 1 << 14;

  /** Up to this number of rows, reading B in place is cheaper than packing it first. */
  private static final int FEW_ROWS = 24;

  private Product() {}

  /** Returns B packed, to be used in many products. */
  public static <A> Right.Packed<A> pack(Elements<A> e, int k, int n, Matrix<A> b) {
    Right.Packed<A> packed = packed(e, e.panels(elements(e, k, n)), k, n);
    repack(e, b, packed);
    return packed;
  }

  /** Gives back a packed matrix that is no longer read. */
  public static void giveBack(Right.Packed<?> packed) {
    Panels.give(packed.panels());
  }

  /** Packs B into an existing packed matrix of the same sizes. */
  public static <A> void repack(Elements<A> e, Matrix<A> b, Right.Packed<A> over) {
    int k = over.k();
    int w = e.kernels().pairWidth();
    int most =
        (long) k * over.n() < COPY_ALONE ? ceil(over.n(), w) : ceil(ceil(over.n(), w), Team.size());
    int together = Math.clamp(TAKEN / Math.max(1, k), 1, Math.max(1, most)) * w;
    Team.run(
        ceil(over.n(), together),
        part -> {
          int j = part * together;
          packColumns(e, k, Math.min(together, over.n() - j), b, j, over.panels(), (long) j * k);
        });
  }

  /** Returns what fills panels from their beginning. */
  private static <A> Right.Packed<A> packed(Elements<A> e, MemorySegment panels, int k, int n) {
    return new Right.Packed<>(panels, 0, (long) k * (e.kernels().pairWidth() / 2), k, n);
  }

  private static long elements(Elements<?> e, int k, int n) {
    int w = e.kernels().pairWidth();
    return (long) ceil(n, w) * w * k;
  }

  /** Returns B packed in borrowed memory: to be given back to {@link Panels#SCRATCH}. */
  private static <A> Right.Packed<A> packForNow(Elements<A> e, int k, int n, Matrix<A> b) {
    Right.Packed<A> packed = packed(e, e.panelScratch(elements(e, k, n)), k, n);
    repack(e, b, packed);
    return packed;
  }

  /**
   * Computes {@code C[m, n] = D + A[m, k] B[k, n]}.
   *
   * @param d broadcast by strides of 0, or C itself, which then is added to
   * @param c its columns are dense
   */
  public static <A> void run(
      Elements<A> e, int m, int n, int k, Matrix<A> d, Matrix<A> a, Matrix<A> b, Matrix<A> c) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      begin(e, m, n, d, c);
    } else if (m <= FEW_ROWS && b.columnStride() == 1) {
      direct(e, m, n, k, d, a, b, c);
    } else if (Team.size() > 1 && ceil(n, e.kernels().pairWidth()) < Right.GROUP * Team.size()) {
      Right.Packed<A> packed = packForNow(e, k, n, b);
      multiply(e, m, d, a, packed, c);
      Panels.SCRATCH.give(packed.panels());
    } else {
      slabs(e, m, n, k, d, a, packing(e, b), c);
    }
  }

  /** Returns zero, broadcast: the addend of a plain product. */
  public static <A> Matrix<A> zero(Elements<A> e) {
    return new Matrix<>(e.allocate(1), 0, 0, 0);
  }

  /** Computes {@code C = D + A B} with a packed right-hand side. */
  public static <A> void run(
      Elements<A> e, int m, Matrix<A> d, Matrix<A> a, Right.Packed<A> b, Matrix<A> c) {
    int w = e.kernels().pairWidth();
    if (m > ROWS && (long) ceil(b.n(), w) * b.k() > TAKEN) {
      Columns<A> parts = (p, k, j, n, use) -> use.accept(b.part(w / 2, p, k, j / w, n));
      slabs(e, m, b.n(), b.k(), d, a, parts, c);
    } else {
      multiply(e, m, d, a, b, c);
    }
  }

  /** Writes D into C, if they differ. */
  private static <A> void begin(Elements<A> e, int m, int n, Matrix<A> d, Matrix<A> c) {
    if (d.equals(c)) {
      return;
    }
    for (int i = 0; i < m; i++) {
      int from = d.offset() + i * d.rowStride();
      int to = c.offset() + i * c.rowStride();
      if (d.columnStride() == 0) {
        e.fill(c.array(), to, n, e.get(d.array(), from));
      } else {
        e.copy(n, d.array(), from, d.columnStride(), c.array(), to, 1);
      }
    }
  }

  /**
   * Adds a product to C, operands given by their parts: element (i, k) of A at {@code at + i * lda
   * + k * step}, row i of C at {@code to + i * ldc}. Where the work is too small for several
   * threads, no object is made.
   */
  public static <A> void run(
      Elements<A> e, int m, A a, int at, int lda, int step, Right<A> b, A c, int to, int ldc) {
    if (!isAlone((long) m * b.n() * b.k())) {
      Matrix<A> sum = new Matrix<>(c, to, ldc, 1);
      multiply(e, m, sum, new Matrix<>(a, at, lda, step), b, sum);
      return;
    }
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      int from = at + i * lda;
      block(e, rows, b.n(), b.k(), a, from, lda, step, b, 0, c, to + i * ldc, ldc);
    }
  }

  /** Reads B in place; only an incomplete last pair is packed. */
  private static <A> void direct(
      Elements<A> e, int m, int n, int k, Matrix<A> d, Matrix<A> a, Matrix<A> b, Matrix<A> c) {
    int w = e.kernels().pairWidth();
    int whole = n / w * w;
    multiply(e, m, d, a, new Right.InPlace<>(b, k, whole), c);
    if (whole < n) {
      Right.Packed<A> rest = packForNow(e, k, n - whole, b.from(0, whole));
      multiply(e, m, d.from(0, whole), a, rest, c.from(0, whole));
      Panels.SCRATCH.give(rest.panels());
    }
  }

  /** A right-hand side that is used part by part. */
  private interface Columns<A> {
    /** Uses {@code depth} rows from {@code p} on, and {@code width} columns from {@code j} on. */
    void use(int p, int depth, int j, int width, Consumer<Right<A>> use);
  }

  /** Packs each part into borrowed memory. */
  private static <A> Columns<A> packing(Elements<A> e, Matrix<A> b) {
    return (p, depth, j, width, use) -> {
      MemorySegment panels = e.panelScratch(elements(e, depth, width));
      packColumns(e, depth, width, b.from(p, 0), j, panels, 0);
      use.accept(packed(e, panels, depth, width));
      Panels.SCRATCH.give(panels);
    };
  }

  /** Multiplies many prepared rows of A by all of B. */
  private static <A> void slabs(
      Elements<A> e, int m, int n, int k, Matrix<A> d, Matrix<A> a, Columns<A> b, Matrix<A> c) {
    for (int i = 0; i < m; i += MANY) {
      int rows = Math.min(MANY, m - i);
      Matrix<A> to = c.from(i, 0);
      for (int p = 0; p < k; p += DEPTH) {
        Matrix<A> start = p > 0 ? to : d.from(i, 0);
        slab(e, rows, n, p, Math.min(DEPTH, k - p), start, a.from(i, p), b, to);
      }
    }
  }

  /**
   * Multiplies all rows by a few panels of B at a time while these are in the caches: B is read
   * from memory once, and temporary panels are never written to it.
   */
  private static <A> void slab(
      Elements<A> e,
      int m,
      int n,
      int p,
      int k,
      Matrix<A> d,
      Matrix<A> given,
      Columns<A> b,
      Matrix<A> c) {
    int w = e.kernels().pairWidth();
    int count = ceil(n, w);
    long work = (long) m * n * k;
    int most = isAlone(work) ? count : ceil(count, 2 * Team.size());
    int columns = Math.min(most, TAKEN / k) * w;
    Matrix<A> a = inRows(e, m, k, given);
    Team.Job job =
        part -> {
          int j = part * columns;
          int width = Math.min(columns, n - j);
          b.use(
              p,
              k,
              j,
              width,
              some -> {
                for (int i = 0; i < m; i += ROWS) {
                  int rows = Math.min(ROWS, m - i);
                  band(e, rows, d.from(i, j), a.from(i, 0), some, 0, width, c.from(i, j));
                }
              });
        };
    run(ceil(n, columns), job, work);
    doneWith(e, a, given);
  }

  /** Runs the parts, on other threads too if the work is worth waking them. */
  private static void run(int parts, Team.Job job, long work) {
    if (!isAlone(work)) {
      Team.run(parts, job);
    } else {
      for (int part = 0; part < parts; part++) {
        job.run(part);
      }
    }
  }

  private static boolean isAlone(long work) {
    return Team.size() == 1 || work < ALONE;
  }

  private static int ceil(int n, int each) {
    return (n + each - 1) / each;
  }

  private static <A> void packColumns(
      Elements<A> e, int k, int columns, Matrix<A> b, int first, MemorySegment to, long target) {
    int from = b.offset() + first * b.columnStride();
    e.kernels().pack(k, columns, b.array(), from, b.rowStride(), b.columnStride(), to, target);
  }

  private static <A> void multiply(
      Elements<A> e, int m, Matrix<A> d, Matrix<A> given, Right<A> b, Matrix<A> c) {
    int n = b.n();
    if (m == 0 || n == 0) {
      return;
    }
    int k = b.k();
    int w = e.kernels().pairWidth();
    long work = (long) m * n * k;
    int bands = ceil(m, ROWS);
    int wanted = isAlone(work) ? 1 : PARTS * Team.size();
    // Few rows: the columns are divided, so that there are parts enough for the threads.
    int count = ceil(n, w);
    int group = ceil(count, Math.min(count, ceil(wanted, bands)));
    int groups = ceil(count, group);
    boolean ready = given.columnStride() == 1 && b.readsRows(given.rowStride());
    Matrix<A> a = groups > 1 && !ready ? inRows(e, m, k, given) : given;
    Team.Job job =
        part -> {
          int i = part / groups * ROWS;
          int first = part % groups * group;
          int j = first * w;
          int rows = Math.min(ROWS, m - i);
          int width = Math.min(n - j, group * w);
          band(e, rows, d.from(i, j), a.from(i, 0), b, first, width, c.from(i, j));
        };
    run(bands * groups, job, work);
    doneWith(e, a, given);
  }

  /** Computes {@code C = D + A B} for a few rows, and columns from a pair of panels on. */
  private static <A> void band(
      Elements<A> e, int m, Matrix<A> d, Matrix<A> a, Right<A> b, int pair, int n, Matrix<A> c) {
    begin(e, m, n, d, c);
    A rows = a.array();
    int step = a.columnStride();
    block(
        e,
        m,
        n,
        b.k(),
        rows,
        a.offset(),
        a.rowStride(),
        step,
        b,
        pair,
        c.array(),
        c.offset(),
        c.rowStride());
  }

  /** Copies A into rows that kernels can read: once, before several parts read it. */
  private static <A> Matrix<A> inRows(Elements<A> e, int m, int k, Matrix<A> a) {
    if (a.columnStride() == 1 && (k > DISTANCE || m == 1)) {
      return a;
    }
    int lda = Math.max(k + GAP, DISTANCE);
    A rows = e.scratch().take((long) m * lda);
    int each = (long) m * k < COPY_ALONE ? m : COPY;
    Team.run(
        ceil(m, each),
        part -> {
          int i = part * each;
          int at = a.offset() + i * a.rowStride();
          int n = Math.min(each, m - i);
          copyRows(e, n, k, a.array(), at, a.rowStride(), a.columnStride(), rows, i * lda, lda);
        });
    return new Matrix<>(rows, 0, lda, 1);
  }

  /** Gives back what {@link #inRows} returned. */
  @SuppressWarnings("ReferenceEquality") // It returned the matrix it was given, or a copy.
  private static <A> void doneWith(Elements<A> e, Matrix<A> rows, Matrix<A> given) {
    if (rows != given) {
      e.scratch().give(rows.array());
    }
  }

  private static <A> void block(
      Elements<A> e,
      int m,
      int n,
      int k,
      A a,
      int at,
      int lda,
      int step,
      Right<A> b,
      int pair,
      A c,
      int to,
      int ldc) {
    boolean copied = step != 1 || (m > 1 && !b.readsRows(lda));
    A rows = copied ? e.rows().take((long) m * DISTANCE) : a;
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      int from = at + p * step;
      int ldr = copied ? DISTANCE : lda;
      if (copied) {
        copyRows(e, m, depth, a, from, lda, step, rows, 0, ldr);
        from = 0;
      }
      b.add(e.kernels(), m, depth, rows, from, ldr, p, pair, c, to, ldc, n);
    }
    if (copied) {
      e.rows().give(rows);
    }
  }

  private static <A> void copyRows(
      Elements<A> e, int m, int depth, A a, int at, int lda, int step, A rows, int to, int ldr) {
    if (lda == 1) {
      e.kernels().transpose(depth, m, a, at, step, rows, to, ldr);
    } else {
      for (int r = 0; r < m; r++) {
        e.copy(depth, a, at + r * lda, step, rows, to + r * ldr, 1);
      }
    }
  }
}
