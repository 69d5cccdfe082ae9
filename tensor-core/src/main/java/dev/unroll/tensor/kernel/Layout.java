package dev.unroll.tensor.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a tensor in its array: the index of the first element, and the stride of each axis.
 * Views are other layouts of the same array.
 */
public final class Layout {
  private final int[] dims;
  private final int[] strides;
  private final int offset;
  private final boolean contiguous;

  private Layout(int[] dims, int[] strides, int offset) {
    this.dims = dims;
    this.strides = strides;
    // An empty view has no first element: its array may be shorter than the offset.
    this.offset = size(dims) == 0 ? 0 : offset;
    this.contiguous = isDense(dims, strides);
  }

  /** Returns the dense row-major layout. */
  public static Layout of(int... dims) {
    return new Layout(dims.clone(), dense(dims), 0);
  }

  private static int[] dense(int[] dims) {
    int[] strides = new int[dims.length];
    int step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= dims[i];
    }
    return strides;
  }

  private static boolean isDense(int[] dims, int[] strides) {
    int step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      if (dims[i] != 1 && strides[i] != step) {
        return size(dims) == 0;
      }
      step *= dims[i];
    }
    return true;
  }

  static int size(int[] dims) {
    int n = 1;
    for (int d : dims) {
      n *= d;
    }
    return n;
  }

  /** Returns the number of axes. */
  public int rank() {
    return dims.length;
  }

  /** Returns the number of elements. */
  public int size() {
    return size(dims);
  }

  /** Returns the size along an axis. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** Returns the sizes along all axes. */
  public int[] dims() {
    return dims.clone();
  }

  /** Returns the stride of an axis. */
  public int stride(int axis) {
    return strides[axis];
  }

  /** Returns the index of the first element. */
  public int offset() {
    return offset;
  }

  /** Returns whether the elements are in row-major order without gaps. */
  public boolean isContiguous() {
    return contiguous;
  }

  /** Returns the index in the array of an element. */
  public int index(int... at) {
    int i = offset;
    for (int a = 0; a < dims.length; a++) {
      i += at[a] * strides[a];
    }
    return i;
  }

  /** Returns the view whose axis i is axis {@code axes[i]} of this one. */
  public Layout permute(int... axes) {
    int[] d = new int[dims.length];
    int[] s = new int[dims.length];
    for (int i = 0; i < axes.length; i++) {
      d[i] = dims[axes[i]];
      s[i] = strides[axes[i]];
    }
    return new Layout(d, s, offset);
  }

  /** Returns the view of {@code size} positions of an axis, from a position on. */
  public Layout slice(int axis, int from, int size) {
    int[] d = dims.clone();
    d[axis] = size;
    return new Layout(d, strides, offset + from * strides[axis]);
  }

  /** Returns the same layout, {@code by} elements further on. */
  public Layout from(int by) {
    return new Layout(dims, strides, offset + by);
  }

  /** Returns the view with an axis reversed. */
  public Layout flip(int axis) {
    int[] s = strides.clone();
    s[axis] = -s[axis];
    return new Layout(dims, s, offset + Math.max(0, dims[axis] - 1) * strides[axis]);
  }

  /** Returns the view that repeats axes of size 1, and adds leading axes. */
  public Layout expand(int... to) {
    int[] s = new int[to.length];
    int shift = to.length - dims.length;
    for (int i = 0; i < dims.length; i++) {
      s[shift + i] = dims[i] == to[shift + i] ? strides[i] : 0;
    }
    return new Layout(to.clone(), s, offset);
  }

  /** Returns the same elements with other axes, or null if a view is impossible. */
  public @Nullable Layout reshape(int... to) {
    if (contiguous) {
      return new Layout(to.clone(), dense(to), offset);
    }
    // From the last axis: each run of axes that are dense together is split into new axes.
    int[] s = new int[to.length];
    int axis = dims.length;
    int left = 1;
    int step = 0;
    for (int j = to.length - 1; j >= 0; j--) {
      if (to[j] == 1) {
        continue;
      }
      if (left == 1) {
        do {
          axis--;
        } while (dims[axis] == 1);
        left = dims[axis];
        step = strides[axis];
        while (axis > 0 && (dims[axis - 1] == 1 || strides[axis - 1] == step * left)) {
          axis--;
          left *= dims[axis];
        }
      }
      if (left % to[j] != 0) {
        return null;
      }
      s[j] = step;
      step *= to[j];
      left /= to[j];
    }
    return new Layout(to.clone(), s, offset);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims) + " step " + Arrays.toString(strides) + " from " + offset;
  }
}
