package dev.unroll.tensor;

import dev.unroll.tensor.spi.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** The operations of ONNX, elementwise and along axes, in terms of those here. */
final class OnnxOps {
  /** What an operation makes of a case. */
  interface Op extends Function<OnnxCase, List<Tensor>> {}

  private static final Map<String, Op> OPS = new TreeMap<>();

  private OnnxOps() {}

  static {
    OPS.putAll(OnnxShapes.ops());
    OPS.putAll(OnnxLosses.ops());
    elementwise();
    reductions();
    rankings();
  }

  /** Returns whether the operation is here, for the types of this case. */
  static boolean has(OnnxCase c) {
    try {
      return !run(c).isEmpty();
    } catch (IllegalArgumentException e) {
      return !e.getMessage().startsWith("op ") && !e.getMessage().startsWith("type ");
    }
  }

  static List<Tensor> run(OnnxCase c) {
    Op op = OPS.get(c.op());
    if (op == null) {
      throw new IllegalArgumentException("op " + c.op() + " is not here");
    }
    return op.apply(c);
  }

  static IllegalArgumentException refused(OnnxCase c, String what) {
    return new IllegalArgumentException("op " + c.op() + " is not here with " + what);
  }

  private static void one(String name, Function<OnnxCase, Tensor> op) {
    OPS.put(name, c -> List.of(op.apply(c)));
  }

  static Tensor code(Code code, Tensor... in) {
    return Program.of(code).run(code.name(), in).getFirst();
  }

  static Tensor affine(Tensor x, double scale, double shift) {
    Program.Builder p = Program.inputs(1);
    return p.results(p.affine(0, scale, shift)).run("affine", x).getFirst();
  }

  static Tensor like(Tensor x, double value) {
    return Tensor.scalar(x.type(), value);
  }

  private static void elementwise() {
    Map.of(
            "Abs", Code.ABS,
            "Exp", Code.EXP,
            "Log", Code.LOG,
            "Sqrt", Code.SQRT,
            "Sin", Code.SIN,
            "Cos", Code.COS,
            "Erf", Code.ERF,
            "Tanh", Code.TANH,
            "Sigmoid", Code.SIGMOID,
            "Softplus", Code.SOFTPLUS)
        .forEach((name, code) -> one(name, c -> code(code, c.in(0))));
    Map.of(
            "Add", Code.ADD,
            "Sub", Code.SUB,
            "Mul", Code.MUL,
            "Div", Code.DIV,
            "Greater", Code.GREATER)
        .forEach((name, code) -> one(name, c -> code(code, c.in(0), c.in(1))));
    one("Less", c -> code(Code.GREATER, c.in(1), c.in(0)));
    one("GreaterOrEqual", c -> affine(code(Code.GREATER, c.in(1), c.in(0)), -1, 1));
    one("LessOrEqual", c -> affine(code(Code.GREATER, c.in(0), c.in(1)), -1, 1));
    one("Equal", c -> code(Code.EQUAL, c.in(0).to(DType.FLOAT64), c.in(1).to(DType.FLOAT64)));
    one("Max", c -> all(c, (a, b) -> code(Code.MAX, a, b)));
    one("Min", c -> all(c, (a, b) -> code(Code.MIN, a, b)));
    one("Sum", c -> all(c, Tensor::add));
    one("Mean", c -> affine(all(c, Tensor::add), 1.0 / c.node().size(), 0));
    one("Neg", c -> affine(c.in(0), -1, 0));
    one("Reciprocal", c -> code(Code.DIV, like(c.in(0), 1), c.in(0)));
    one("Where", c -> c.in(1).where(OnnxCase.ids(c.value(0)), c.in(2)));
    one("Relu", c -> code(Code.MAX, c.in(0), like(c.in(0), 0)));
    one("LeakyRelu", c -> leaky(c.in(0), like(c.in(0), c.real("alpha", 0.01))));
    one("PRelu", c -> leaky(c.in(0), c.in(1)));
    one("Clip", OnnxOps::clip);
    one(
        "ThresholdedRelu",
        c -> {
          Tensor x = c.in(0);
          return x.mul(code(Code.GREATER, x, like(x, c.real("alpha", 1))));
        });
    one("HardSigmoid", c -> hardSigmoid(c.in(0), c.real("alpha", 0.2), c.real("beta", 0.5)));
    one("HardSwish", c -> c.in(0).mul(hardSigmoid(c.in(0), 1.0 / 6, 0.5)));
    one("Softsign", c -> code(Code.DIV, c.in(0), affine(code(Code.ABS, c.in(0)), 1, 1)));
    one("Mish", c -> c.in(0).mul(code(Code.TANH, code(Code.SOFTPLUS, c.in(0)))));
  }

  private static Tensor all(OnnxCase c, BinaryOperator<Tensor> op) {
    return c.all().stream().reduce(op).orElseThrow();
  }

  private static Tensor leaky(Tensor x, Tensor slope) {
    return x.where(code(Code.GREATER, x, like(x, 0)), x.mul(slope));
  }

  private static Tensor clip(OnnxCase c) {
    Tensor x = c.in(0);
    x = c.has(1) ? code(Code.MAX, x, c.in(1)) : x;
    return c.has(2) ? code(Code.MIN, x, c.in(2)) : x;
  }

  private static Tensor hardSigmoid(Tensor x, double alpha, double beta) {
    return code(Code.MAX, like(x, 0), code(Code.MIN, like(x, 1), affine(x, alpha, beta)));
  }

  private interface Down {
    Tensor to(Tensor t, Shape shape);
  }

  private static void reductions() {
    one("ReduceSum", c -> reduce(c, c.in(0), Reduction::sumTo));
    one("ReduceMean", c -> reduce(c, c.in(0), Reduction::meanTo));
    one("ReduceMax", c -> reduce(c, c.in(0), Reduction::maxTo));
    one("ReduceMin", c -> reduce(c, c.in(0), Reduction::minTo));
    one("ReduceL1", c -> reduce(c, code(Code.ABS, c.in(0)), Reduction::sumTo));
    one("ReduceSumSquare", c -> reduce(c, c.in(0).mul(c.in(0)), Reduction::sumTo));
    one("ReduceL2", c -> code(Code.SQRT, reduce(c, c.in(0).mul(c.in(0)), Reduction::sumTo)));
    one("ReduceLogSum", c -> code(Code.LOG, reduce(c, c.in(0), Reduction::sumTo)));
    one(
        "ReduceLogSumExp",
        c -> code(Code.LOG, reduce(c, code(Code.EXP, c.in(0)), Reduction::sumTo)));
  }

  private static Tensor reduce(OnnxCase c, Tensor x, Down down) {
    int[] axes = c.has(1) ? c.value(1).integers() : new int[0];
    boolean kept = c.integer("keepdims", 1) == 1;
    if (axes.length == 0 && c.integer("noop_with_empty_axes", 0) == 1) {
      return x;
    }
    Shape to = x.shape();
    for (int a = 0; a < x.shape().rank(); a++) {
      int axis = a;
      boolean named = Arrays.stream(axes).anyMatch(i -> x.shape().axis(i) == axis);
      to = named || axes.length == 0 ? to.with(a, 1) : to;
    }
    Tensor r = down.to(x, to);
    if (kept) {
      return r;
    }
    int[] drop = Arrays.stream(axes).map(x.shape()::axis).sorted().toArray();
    for (int i = drop.length - 1; i >= 0; i--) {
      r = r.select(drop[i], 0);
    }
    return axes.length == 0 ? r.reshape() : r;
  }

  private static void rankings() {
    one("ArgMax", c -> arg(c, Ranking.argMax(c.in(0), c.integer("axis", 0))));
    one("ArgMin", c -> arg(c, Ranking.argMin(c.in(0), c.integer("axis", 0))));
    OPS.put(
        "TopK",
        c -> {
          if (c.integer("largest", 1) == 0) {
            throw refused(c, "the smallest");
          }
          int k = c.value(1).integers()[0];
          Ranking.Largest top = Ranking.topK(c.in(0), c.integer("axis", -1), k);
          return List.of(top.values(), top.indices());
        });
    one(
        "CumSum",
        c -> {
          if (c.integer("exclusive", 0) == 1) {
            throw refused(c, "exclusive sums");
          }
          int axis = c.value(1).integers()[0];
          boolean reverse = c.integer("reverse", 0) == 1;
          return reverse ? Cumulative.sumFromEnd(c.in(0), axis) : Cumulative.sum(c.in(0), axis);
        });
  }

  private static Tensor arg(OnnxCase c, Tensor dropped) {
    if (c.integer("select_last_index", 0) == 1) {
      throw refused(c, "the last of equal ones");
    }
    int[] dims = c.in(0).shape().with(c.integer("axis", 0), 1).dims();
    return c.integer("keepdims", 1) == 1 ? dropped.reshape(dims) : dropped;
  }
}
