package dev.unroll.tensor.loop;

import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import dev.unroll.tensor.kernel.Team;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of one run of a loop: each holds one value for all steps, for those of the block that
 * is under way, or for one.
 *
 * @param <A> the array type
 */
public final class Frame<A> {
  final Elements<A> elements;
  final @Nullable Object[] arrays;

  /** Elements from one step to the next, 0 where there is one slot. */
  final int[] stride;

  /** Whether slots are counted from the beginning of the block. */
  final boolean[] blocked;

  /** How far the slot before a step lies from that of the step. */
  final int[] before;

  private final Right.@Nullable Packed<?>[] packed;

  /** The same, gone through backwards. */
  private final Right.@Nullable Backwards<?>[] backwards;

  /** Packed matrices of this run alone. */
  final Right.@Nullable Packed<?>[] own;

  /** Row numbers {@code [T rows]}. */
  public final int[][] ids;

  /** What no array can hold. */
  public final @Nullable Object[] foreign;

  private final int registers;

  /** By stage, for all rows and for each part: of each thread its own. */
  private final @Nullable Object[][] lanes;

  /** What is carried, between blocks. */
  final @Nullable Object[] state;

  /** The steps that it has room for, and whether those are all that a run keeps. */
  final int steps;

  final boolean keeps;

  /** The first step of the block. */
  int start;

  Frame(Elements<A> elements, int arrays, Loop.Sizes sizes, int steps, boolean keeps) {
    this.elements = elements;
    this.steps = steps;
    this.keeps = keeps;
    this.arrays = new @Nullable Object[arrays];
    packed = new Right.Packed<?>[sizes.packed()];
    backwards = new Right.Backwards<?>[sizes.packed()];
    own = new Right.Packed<?>[sizes.packed()];
    ids = new int[sizes.tables().size()][];
    foreign = new @Nullable Object[sizes.foreign()];
    registers = sizes.registers();
    lanes = new @Nullable Object[sizes.stages()][Team.size() + 1];
    state = new @Nullable Object[arrays];
    stride = new int[arrays];
    blocked = new boolean[arrays];
    before = new int[arrays];
  }

  @SuppressWarnings("unchecked") // All arrays of a loop hold one type of number.
  A array(int index) {
    Object a = arrays[index];
    if (a == null) {
      throw new IllegalStateException("[loop] nothing is bound to array " + index);
    }
    return (A) a;
  }

  /** Returns the array that a place lies in. */
  public A array(Place p) {
    return array(p.array());
  }

  /** Returns the index of the first element of a place at a step. */
  public int offset(Place p, int t) {
    int i = p.array();
    return p.offset() + slot(i, p.when(), t) * stride[i];
  }

  int slot(int array, Value.When when, int t) {
    int slot = blocked[array] ? t - start : t;
    return switch (when) {
      case NOW -> slot;
      case BEFORE -> slot + before[array];
      case AFTER -> slot + 1 - before[array];
    };
  }

  /**
   * Returns the rows of a step and of those after it as one matrix, or null if they are not equally
   * far apart. Of one row in each step, the distance between steps counts, whatever its axis says.
   */
  @Nullable Matrix<A> allSteps(Place p, int t) {
    int step = stride[p.array()];
    if (p.rows() != 1 && p.rows() * p.rowStride() != step) {
      return null;
    }
    int distance = p.rows() == 1 ? step : p.rowStride();
    return new Matrix<>(array(p), offset(p, t), distance, p.columnStride());
  }

  /** Returns the matrix at a place, at one step. */
  Matrix<A> matrix(Place p, int t) {
    return new Matrix<>(array(p), offset(p, t), p.rowStride(), p.columnStride());
  }

  @SuppressWarnings("unchecked")
  Right.Packed<A> packed(int i) {
    Right.Packed<?> p = packed[i];
    if (p == null) {
      throw new IllegalStateException("[loop] no matrix is bound as " + i);
    }
    return (Right.Packed<A>) p;
  }

  /** Binds a packed matrix. */
  void bind(int i, Right.Packed<A> p) {
    packed[i] = p;
    backwards[i] = new Right.Backwards<>(p);
  }

  /** Lets go of packed matrices, and gives back those of this run; the last one is taken first. */
  void giveBack() {
    Arrays.fill(packed, null);
    Arrays.fill(backwards, null);
    for (int i = own.length - 1; i >= 0; i--) {
      Right.Packed<?> p = own[i];
      if (p != null) {
        own[i] = null;
        Product.giveBack(p);
      }
    }
  }

  /** Returns a packed matrix for a step: every other step goes through it backwards. */
  @SuppressWarnings("unchecked")
  Right<A> right(int i, int t) {
    Right.Backwards<?> b = backwards[i];
    return t % 2 == 0 || b == null ? packed(i) : (Right.Backwards<A>) b;
  }

  /** Returns the lane of one of the parts that a number of rows is divided into. */
  Lane<A> lane(int part, int parts, int rows) {
    return new Lane<>(elements, rows, part, parts, registers);
  }

  @SuppressWarnings("unchecked")
  Lane<A> @Nullable [] lanes(int stage, int slot) {
    return (Lane<A>[]) lanes[stage][slot];
  }

  /** Keeps lanes for the next block. */
  void setLanes(int stage, int slot, Lane<A>[] now) {
    lanes[stage][slot] = now;
  }

  @SuppressWarnings("unchecked")
  A state(int array) {
    Object s = state[array];
    if (s == null) {
      throw new IllegalStateException("[loop] array " + array + " is not carried");
    }
    return (A) s;
  }
}
