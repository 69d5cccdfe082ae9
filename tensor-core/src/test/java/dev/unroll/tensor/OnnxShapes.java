package dev.unroll.tensor;

import dev.unroll.tensor.OnnxOps.Op;
import dev.unroll.testing.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The operations of ONNX that move elements, and the products. */
final class OnnxShapes {
  private OnnxShapes() {}

  private static Op one(Function<OnnxCase, Tensor> op) {
    return c -> List.of(op.apply(c));
  }

  static Map<String, Op> ops() {
    Map<String, Op> ops = new TreeMap<>();
    ops.put("Identity", one(c -> c.in(0)));
    ops.put("Constant", one(c -> OnnxCase.tensor(attribute(c))));
    ops.put(
        "ConstantOfShape",
        one(c -> OnnxCase.tensor(attribute(c)).expand(Shape.of(c.value(0).integers()))));
    ops.put("Cast", one(c -> c.in(0).to(castTo(c))));
    ops.put("Shape", one(OnnxShapes::shape));
    ops.put("Reshape", one(OnnxShapes::reshape));
    ops.put("Flatten", one(OnnxShapes::flatten));
    ops.put("Squeeze", one(OnnxShapes::squeeze));
    ops.put("Unsqueeze", one(OnnxShapes::unsqueeze));
    ops.put("Transpose", one(OnnxShapes::transpose));
    ops.put(
        "Expand",
        one(c -> {
          Shape to = Shape.of(c.value(1).integers());
          return c.in(0).expand(Shape.broadcast("expand", c.in(0).shape(), to));
        }));
    ops.put("Concat", one(c -> Join.concat(c.integer("axis", 0), c.all())));
    ops.put("Split", OnnxShapes::split);
    ops.put("Slice", one(OnnxShapes::slice));
    ops.put("Pad", one(OnnxShapes::pad));
    ops.put("Tile", one(OnnxShapes::tile));
    ops.put("Gather", one(OnnxShapes::gather));
    ops.put("OneHot", one(OnnxShapes::oneHot));
    ops.put("MatMul", one(c -> c.in(0).matmul(c.in(1))));
    ops.put("Gemm", one(OnnxShapes::gemm));
    return ops;
  }

  private static OnnxTensor attribute(OnnxCase c) {
    return c.node().tensor("value");
  }

  private static DType castTo(OnnxCase c) {
    return switch (c.integer("to", 0)) {
      case 1 -> DType.FLOAT32;
      case 11 -> DType.FLOAT64;
      case 6 -> DType.INT32;
      default -> throw OnnxOps.refused(c, "type number " + c.integer("to", 0));
    };
  }

  private static Tensor shape(OnnxCase c) {
    int[] dims = c.in(0).shape().dims();
    int from = position(c.integer("start", 0), dims.length);
    int to = position(c.integer("end", dims.length), dims.length);
    return Tensor.of(Shape.of(to - from), Arrays.copyOfRange(dims, from, to));
  }

  /** A position counted from the end if it is negative, and moved inside. */
  private static int position(int i, int n) {
    return Math.clamp(i < 0 ? (long) i + n : i, 0, n);
  }

  private static Tensor reshape(OnnxCase c) {
    Shape from = c.in(0).shape();
    int[] to = c.value(1).integers();
    for (int i = 0; i < to.length; i++) {
      to[i] = to[i] == 0 && c.integer("allowzero", 0) == 0 ? from.dim(i) : to[i];
    }
    int known = IntStream.of(to).filter(d -> d >= 0).reduce(1, (a, b) -> a * b);
    return c.in(0).reshape(IntStream.of(to).map(d -> d < 0 ? from.size() / known : d).toArray());
  }

  private static Tensor flatten(OnnxCase c) {
    Shape s = c.in(0).shape();
    int axis = position(c.integer("axis", 1), s.rank());
    int rows = IntStream.range(0, axis).map(s::dim).reduce(1, (a, b) -> a * b);
    return c.in(0).reshape(rows, s.size() / rows);
  }

  private static Tensor squeeze(OnnxCase c) {
    Tensor x = c.in(0);
    int[] axes = IntStream.of(c.value(1).integers()).map(x.shape()::axis).sorted().toArray();
    for (int i = axes.length - 1; i >= 0; i--) {
      x = x.select(axes[i], 0);
    }
    return x;
  }

  private static Tensor unsqueeze(OnnxCase c) {
    Shape s = c.in(0).shape();
    int[] axes = c.value(1).integers();
    int rank = s.rank() + axes.length;
    for (int a : IntStream.of(axes).map(i -> i < 0 ? i + rank : i).sorted().toArray()) {
      s = s.insert(a, 1);
    }
    return c.in(0).reshape(s.dims());
  }

  private static Tensor transpose(OnnxCase c) {
    int rank = c.in(0).shape().rank();
    return c.in(0)
        .permute(
            c.node().has("perm")
                ? c.node().integers("perm")
                : IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
  }

  private static List<Tensor> split(OnnxCase c) {
    Tensor x = c.in(0);
    int axis = c.integer("axis", 0);
    int n = x.shape().dim(axis);
    if (c.has(1)) {
      return Join.split(x, axis, c.value(1).integers());
    }
    int parts = c.integer("num_outputs", c.node().outputs().size());
    int most = Math.ceilDiv(n, parts);
    return Join.split(
        x, axis, IntStream.range(0, parts).map(i -> Math.min(most, n - i * most)).toArray());
  }

  private static Tensor slice(OnnxCase c) {
    Tensor x = c.in(0);
    int[] from = c.value(1).integers();
    int[] to = c.value(2).integers();
    int[] axes = c.has(3) ? c.value(3).integers() : IntStream.range(0, from.length).toArray();
    if (c.has(4) && IntStream.of(c.value(4).integers()).anyMatch(s -> s != 1)) {
      throw OnnxOps.refused(c, "steps");
    }
    for (int i = 0; i < axes.length; i++) {
      int n = x.shape().dim(axes[i]);
      x = x.slice(axes[i], position(from[i], n), position(to[i], n));
    }
    return x;
  }

  private static Tensor pad(OnnxCase c) {
    Tensor x = c.in(0);
    double value = c.has(2) ? c.value(2).numbers()[0] : 0;
    int[] pads = c.value(1).integers();
    int n = pads.length / 2;
    int[] axes = c.has(3) ? c.value(3).integers() : IntStream.range(0, n).toArray();
    if (!c.text("mode", "constant").equals("constant")) {
      throw OnnxOps.refused(c, "mode " + c.text("mode", ""));
    }
    // A mask of what was there says where the value goes.
    Tensor there = Tensor.full(x.type(), x.shape(), 1);
    for (int i = 0; i < n; i++) {
      int size = pads[i] + x.shape().dim(axes[i]) + pads[i + n];
      x = Join.pad(x, axes[i], pads[i], size);
      there = Join.pad(there, axes[i], pads[i], size);
    }
    return x.where(there, OnnxOps.like(x, value));
  }

  private static Tensor tile(OnnxCase c) {
    Tensor x = c.in(0);
    int[] repeats = c.value(1).integers();
    for (int a = 0; a < repeats.length; a++) {
      List<Tensor> copies = new ArrayList<>();
      for (int i = 0; i < repeats[a]; i++) {
        copies.add(x);
      }
      x = Join.concat(a, copies);
    }
    return x;
  }

  /** Negative ids count from the end. */
  private static Tensor gather(OnnxCase c) {
    int axis = c.integer("axis", 0);
    int n = c.in(0).shape().dim(axis);
    Tensor ids = OnnxCase.ids(c.value(1));
    int[] counted = IntStream.of(ids.toInts()).map(i -> i < 0 ? i + n : i).toArray();
    return Rows.gather(c.in(0), axis, Tensor.of(ids.shape(), counted));
  }

  private static Tensor oneHot(OnnxCase c) {
    int depth = c.value(1).integers()[0];
    int[] ids = IntStream.of(c.value(0).integers()).map(i -> i < 0 ? i + depth : i).toArray();
    Tensor values = c.in(2);
    Tensor one = Rows.oneHot(values.type(), Tensor.of(Shape.of(c.value(0).dims()), ids), depth);
    double off = values.get(0);
    Tensor spread = OnnxOps.affine(one, values.get(1) - off, off);
    int rank = one.shape().rank();
    int axis = c.integer("axis", -1);
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank - 1).boxed().toList());
    order.add(axis < 0 ? axis + rank : axis, rank - 1);
    return spread.permute(order.stream().mapToInt(i -> i).toArray());
  }

  private static Tensor gemm(OnnxCase c) {
    boolean ta = c.integer("transA", 0) == 1;
    boolean tb = c.integer("transB", 0) == 1;
    Tensor product = Matrices.product(c.in(0), ta, c.in(1), tb);
    Tensor scaled = OnnxOps.affine(product, c.real("alpha", 1), 0);
    @Nullable Tensor bias = c.has(2) ? OnnxOps.affine(c.in(2), c.real("beta", 1), 0) : null;
    return bias == null ? scaled : scaled.add(bias);
  }
}
