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
    dims = java.util.Arrays.copyOf(d, rank);
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
    int at = offsets[operand];
    for (int axis = 1; axis < dims.length; axis++) {
      at += row % dims[axis] * strides[operand][axis];
      row /= dims[axis];
    }
    return at;
  }
}
