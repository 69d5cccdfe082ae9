package dev.unroll.tensor.loop;

import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.kernel.Elements;
import dev.unroll.tensor.kernel.Matrix;
import dev.unroll.tensor.kernel.Product;
import dev.unroll.tensor.kernel.Right;
import dev.unroll.tensor.kernel.Team;
import dev.unroll.tensor.loop.Buffer.Kind;
import dev.unroll.tensor.loop.Buffer.Lifetime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrays of one run of a loop: each holds one value for all steps, for those of the current
 * block, or for one.
 *
 * @param <A> the array type
 */
final class Workspace<A> {
  /**
   * A packed matrix.
   *
   * @param backwards the same, traversed backwards
   * @param own whether it belongs to this run only
   */
  record Packed<A>(Right.Packed<A> forwards, Right<A> backwards, boolean own) {}

  /** The sizes of a workspace. */
  record Sizes(int matrices, List<Integer> tables, int opaques, int stages) {}

  final Elements<A> elements;
  final @Nullable Object[] arrays;

  /** The distance of steps in elements, 0 if there is one slot. */
  final int[] stride;

  /** Whether slots are counted from the beginning of the block. */
  final boolean[] blocked;

  /** The distance from the slot of a step to the previous one. */
  final int[] before;

  final @Nullable Packed<?>[] matrices;

  /** Row ids {@code [T, rows]}. */
  final int[] @Nullable [] ids;

  /** Tensors that only calls read. */
  final @Nullable Tensor[] opaques;

  /** By stage, for all rows and for each part: of each thread its own. */
  private final @Nullable Object[][] ranges;

  /** The carried values between blocks, and whether a run has set them. */
  final @Nullable Object[] state;

  final boolean[] initialized;

  /** The number of steps that it has room for, and whether the run saves all steps. */
  final int steps;

  final boolean keeps;

  /** The first step of the block. */
  int start;

  /** Allocates all arrays except those that are bound or output. */
  Workspace(
      Elements<A> elements,
      List<Buffer> buffers,
      Sizes sizes,
      int steps,
      int block,
      boolean keeps) {
    this.elements = elements;
    this.steps = steps;
    this.keeps = keeps;
    int n = buffers.size();
    arrays = new @Nullable Object[n];
    matrices = new Packed<?>[sizes.matrices()];
    ids = new int[sizes.tables().size()] @Nullable [];
    opaques = new @Nullable Tensor[sizes.opaques()];
    ranges = new @Nullable Object[sizes.stages()][Team.size() + 1];
    state = new @Nullable Object[n];
    initialized = new boolean[n];
    stride = new int[n];
    blocked = new boolean[n];
    before = new int[n];
    for (int i = 0; i < n; i++) {
      allocate(i, buffers.get(i), block);
    }
  }

  private void allocate(int i, Buffer b, int block) {
    boolean ofBlock = b.lifetime == Lifetime.BLOCK || (b.lifetime == Lifetime.ALL && !keeps);
    blocked[i] = ofBlock && !b.handedOut && b.kind != Kind.BOUND;
    stride[i] = b.lifetime == Lifetime.ONCE || b.lifetime == Lifetime.STEP ? 0 : b.size();
    int slots = stride[i] == 0 ? 1 : blocked[i] ? block : steps;
    if (b.kind == Kind.CARRIED) {
      state[i] = elements.allocate(b.size());
      slots++;
    }
    if ((b.kind == Kind.COMPUTED || b.kind == Kind.CARRIED) && !b.handedOut) {
      arrays[i] = elements.allocate(Math.multiplyExact(slots, b.size()));
    }
  }

  /**
   * Releases everything that was bound or output, and gives back packed matrices, the last one
   * first: the next run finds each in its place.
   */
  void clear(List<Buffer> buffers) {
    for (int i = 0; i < arrays.length; i++) {
      Buffer b = buffers.get(i);
      if (b.kind == Kind.BOUND || b.kind == Kind.ACCUMULATOR || b.handedOut) {
        arrays[i] = null;
      }
    }
    Arrays.fill(initialized, false);
    Arrays.fill(ids, null);
    Arrays.fill(opaques, null);
    for (int i = matrices.length - 1; i >= 0; i--) {
      giveBack(i);
    }
  }

  @SuppressWarnings("unchecked") // All arrays of a loop hold one type of number.
  A array(int index) {
    Object a = arrays[index];
    if (a == null) {
      throw new IllegalStateException("[loop] nothing is bound to array " + index);
    }
    return (A) a;
  }

  /** Returns the array of an operand. */
  A array(Location l) {
    return array(l.buffer());
  }

  /** Returns the index of the first element of an operand at a step. */
  int offset(Location l, int t) {
    int i = l.buffer();
    return l.offset() + slot(i, l.slot(), t) * stride[i];
  }

  int slot(int array, TimeSlot slot, int t) {
    int at = blocked[array] ? t - start : t;
    return switch (slot) {
      case EVERY -> 0;
      case THIS -> at;
      case PREVIOUS -> at + before[array];
      case NEXT -> at + 1 - before[array];
    };
  }

  /** Returns an operand of rank 2 at one step. */
  Matrix<A> matrix(Operand p, int t) {
    Location l = p.location();
    return new Matrix<>(array(l), offset(l, t), p.layout().stride(0), p.layout().stride(1));
  }

  /** Returns the rows of a step and of all that follow it. */
  Matrix<A> matrix(AllSteps p, int t) {
    Location l = p.location();
    return new Matrix<>(array(l), offset(l, t), p.rowStride(), p.columnStride());
  }

  @SuppressWarnings("unchecked")
  private Packed<A> matrix(int i) {
    Packed<?> bound = matrices[i];
    if (bound == null) {
      throw new IllegalStateException("[loop] no matrix is bound as " + i);
    }
    return (Packed<A>) bound;
  }

  /** Returns a packed matrix. */
  Right.Packed<A> packed(int i) {
    return matrix(i).forwards;
  }

  /** Returns a packed matrix for a step: every other step traverses it backwards. */
  Right<A> right(int i, int t) {
    Packed<A> bound = matrix(i);
    return t % 2 == 0 ? bound.forwards : bound.backwards;
  }

  /**
   * Binds a packed matrix.
   *
   * @param own whether it belongs to this run only
   */
  void bind(int i, Right.Packed<A> p, boolean own) {
    giveBack(i);
    matrices[i] = new Packed<>(p, new Right.Backwards<>(p), own);
  }

  /** Releases a packed matrix, and gives it back if it belongs to this run. */
  private void giveBack(int i) {
    Packed<?> bound = matrices[i];
    if (bound != null && bound.own) {
      Product.giveBack(bound.forwards);
    }
    matrices[i] = null;
  }

  /** Returns the row ids of all steps. */
  int[] ids(int i) {
    int[] bound = ids[i];
    if (bound == null) {
      throw new IllegalStateException("[loop] no ids are bound as " + i);
    }
    return bound;
  }

  /** Binds row ids. */
  void bind(int i, int... values) {
    ids[i] = values;
  }

  /** Returns a tensor that calls read. */
  Tensor opaque(int i) {
    Tensor bound = opaques[i];
    if (bound == null) {
      throw new IllegalStateException("[loop] no tensor is bound as " + i);
    }
    return bound;
  }

  /** Binds a tensor that calls read. */
  void bind(int i, Tensor t) {
    opaques[i] = t;
  }

  @SuppressWarnings("unchecked")
  RowRange<A> @Nullable [] ranges(int stage, int slot) {
    return (RowRange<A>[]) ranges[stage][slot];
  }

  /** Stores ranges for the next block. */
  void setRanges(int stage, int slot, RowRange<A>[] now) {
    ranges[stage][slot] = now;
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
