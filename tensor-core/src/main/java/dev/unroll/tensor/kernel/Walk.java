package dev.unroll.tensor.kernel;

/**
 * The order of traversal of strided operands of equal size: axes that are dense together in every
 * operand are merged, so that the innermost run is as long as possible.
 */
public final class Walk {
  private final int[] dims;
  private final int[][] strides; // [operand][axis]
  private final int[] offsets;

  /** Finds the order for operands of some sizes. */
  public Walk(Layout sizes, Layout... operands) {
    int[] d = new int[sizes.rank()];
    int[][] s = new int[operands.length][sizes.rank()];
    int rank = 0;
    for (int axis = sizes.rank() - 1; axis >= 0; axis--) {
      if (sizes.dim(axis) == 1) {
        continue;
      }
      if (rank > 0 && merges(operands, axis, s, d, rank - 1)) {
        d[rank - 1] *= sizes.dim(axis);
        continue;
      }
      d[rank] = sizes.dim(axis);
      for (int o = 0; o < operands.length; o++) {
        s[o][rank] = operands[o].stride(axis);
      }
      rank++;
    }
    if (rank == 0) {
      d = new int[] {1};
      s = new int[operands.length][1];
      rank = 1;
    }
    dims = d.length == rank ? d : java.util.Arrays.copyOf(d, rank);
    strides = s;
    offsets = new int[operands.length];
    for (int o = 0; o < operands.length; o++) {
      offsets[o] = operands[o].offset();
    }
  }

  private static boolean merges(Layout[] operands, int axis, int[][] s, int[] d, int last) {
    for (int o = 0; o < operands.length; o++) {
      if (operands[o].stride(axis) != s[o][last] * d[last]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the length of the innermost run. */
  public int length() {
    return dims[0];
  }

  /** Returns the number of runs. */
  public int rows() {
    return Layout.size(dims) / Math.max(1, dims[0]);
  }

  /** Returns the step of an operand inside a run. */
  public int stride(int operand) {
    return strides[operand][0];
  }

  /** Returns whether there is one run only. */
  boolean isOneRun() {
    return dims.length == 1;
  }

  /** Returns whether the elements of an operand lie in order without gaps. */
  boolean isDense(int operand) {
    int size = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      if (strides[operand][axis] != size) {
        return false;
      }
      size *= dims[axis];
    }
    return true;
  }

  /** Returns whether an operand is one element, repeated everywhere. */
  boolean isConstant(int operand) {
    for (int axis = 0; axis < dims.length; axis++) {
      if (strides[operand][axis] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns where an operand's run begins. */
  public int offset(int operand, int row) {
    return offsets[operand] + distance(operand, row);
  }

  /** Returns how far a run of an operand begins after its first element. */
  public int distance(int operand, int row) {
    int[] s = strides[operand];
    if (dims.length <= 2) {
      return dims.length == 1 ? 0 : row * s[1];
    }
    int at = 0;
    for (int axis = 1; axis < dims.length; axis++) {
      at += row % dims[axis] * s[axis];
      row /= dims[axis];
    }
    return at;
  }
}
