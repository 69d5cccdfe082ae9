package dev.unroll.autograd;

import dev.unroll.autograd.op.Elementwise.Abs;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Elementwise.Affine;
import dev.unroll.autograd.op.Elementwise.Cos;
import dev.unroll.autograd.op.Elementwise.Div;
import dev.unroll.autograd.op.Elementwise.Erf;
import dev.unroll.autograd.op.Elementwise.Exp;
import dev.unroll.autograd.op.Elementwise.Greater;
import dev.unroll.autograd.op.Elementwise.Identity;
import dev.unroll.autograd.op.Elementwise.Log;
import dev.unroll.autograd.op.Elementwise.Log1p;
import dev.unroll.autograd.op.Elementwise.Max;
import dev.unroll.autograd.op.Elementwise.Min;
import dev.unroll.autograd.op.Elementwise.Mul;
import dev.unroll.autograd.op.Elementwise.Sigmoid;
import dev.unroll.autograd.op.Elementwise.SigmoidGradient;
import dev.unroll.autograd.op.Elementwise.Sign;
import dev.unroll.autograd.op.Elementwise.Sin;
import dev.unroll.autograd.op.Elementwise.Softplus;
import dev.unroll.autograd.op.Elementwise.Sqrt;
import dev.unroll.autograd.op.Elementwise.Sub;
import dev.unroll.autograd.op.Elementwise.TakesSecond;
import dev.unroll.autograd.op.Elementwise.Tanh;
import dev.unroll.autograd.op.Elementwise.TanhGradient;
import dev.unroll.autograd.op.Elementwise.Where;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Indexing.ProjectTable;
import dev.unroll.autograd.op.Indexing.ScatterAdd;
import dev.unroll.autograd.op.Losses.CrossEntropy;
import dev.unroll.autograd.op.Losses.CrossEntropyGradient;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Movement.Expand;
import dev.unroll.autograd.op.Movement.Pad;
import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.autograd.op.OnGradient;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Products.MatMulAdd;
import dev.unroll.autograd.op.Reductions.LogSoftmax;
import dev.unroll.autograd.op.Reductions.SoftmaxOp;
import dev.unroll.autograd.op.Reductions.SumTo;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One line per op: samples, a float64 reference, and what it must refuse. */
public final class OpTable {
  private static final RandomKey KEY = RandomKey.of(2);

  private OpTable() {}

  /** Computes a result of a known shape from the values of the inputs. */
  public interface Reference {
    double[] of(Shape out, Tensor... in);
  }

  /** Inputs that must be refused, and words of the message. */
  public record Refused(Op op, String message, Tensor... in) {}

  /** A line of the table; an op whose gradient is zero everywhere is not smooth. */
  public record Line(
      Op op, Reference reference, List<Tensor[]> samples, boolean smooth, List<Refused> refused) {
    Line refuses(Op wrong, String message, Tensor... in) {
      List<Refused> all = new ArrayList<>(refused);
      all.add(new Refused(wrong, message, in));
      return new Line(op, reference, samples, smooth, all);
    }
  }

  private static Line line(Op op, Reference reference, Tensor[]... samples) {
    return new Line(op, reference, List.of(samples), true, List.of());
  }

  private static Tensor[] in(Tensor... t) {
    return t;
  }

  /** Normal numbers, each tensor its own. */
  static Tensor normal(int... dims) {
    return KEY.fold(Arrays.hashCode(dims)).normal(DType.FLOAT64, Shape.of(dims), 0, 1);
  }

  private static Tensor normal2(int... dims) {
    return KEY.fold(99).fold(Arrays.hashCode(dims)).normal(DType.FLOAT64, Shape.of(dims), 0, 1);
  }

  private static Tensor positive(int... dims) {
    return KEY.fold(7).uniform(DType.FLOAT64, Shape.of(dims), 0.5, 2);
  }

  private static Tensor ids(int... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  private static Line unary(Op op, boolean positive, ToDoubleFunction<Double> f) {
    Reference r = (out, t) -> Arrays.stream(t[0].toDoubles()).map(f::applyAsDouble).toArray();
    return positive
        ? line(op, r, in(positive()), in(positive(7)), in(positive(3, 5)), in(positive(0, 2)))
        : line(op, r, in(normal()), in(normal(7)), in(normal(3, 5)), in(normal(0, 2)));
  }

  private interface Binary {
    double of(double a, double b);
  }

  private static Line binary(Op op, Binary f) {
    Reference r =
        (out, t) -> {
          double[] a = t[0].expand(out).toDoubles();
          double[] b = t[1].expand(out).toDoubles();
          double[] c = new double[out.size()];
          for (int i = 0; i < c.length; i++) {
            c[i] = f.of(a[i], b[i]);
          }
          return c;
        };
    return line(
            op,
            r,
            in(normal(3, 5), positive(3, 5)),
            in(normal(3, 5), positive(5)),
            in(normal(3, 1), positive(1, 7)),
            in(normal(), positive(2, 3)),
            in(normal(0, 3), positive(3)))
        .refuses(
            op,
            "[" + op.name() + "] shapes do not broadcast: [2, 3] x [4]",
            normal(2, 3),
            positive(4));
  }

  private static Line flat(Line line) {
    return new Line(line.op, line.reference, line.samples, false, line.refused);
  }

  /** The elements of the first input, in order: for views. */
  private static Reference order(java.util.function.UnaryOperator<Tensor> view) {
    return (out, t) -> view.apply(t[0]).toDoubles();
  }

  /** By Simpson's rule. */
  private static double erf(double x) {
    int n = 2000;
    double sum = 1 + Math.exp(-x * x);
    for (int i = 1; i < n; i++) {
      double t = x * i / n;
      sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-t * t);
    }
    return 2 / Math.sqrt(Math.PI) * x / (3 * n) * sum;
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] product(Shape out, boolean ta, boolean tb, Tensor a, Tensor b) {
    Tensor x = ta ? a.transpose(-1, -2) : a;
    Tensor y = tb ? b.transpose(-1, -2) : b;
    int m = out.dim(-2);
    int n = out.dim(-1);
    int k = x.shape().dim(-1);
    Shape batch = out.without(-1).without(-1);
    int rank = batch.rank();
    double[] p = x.expand(batch.insert(rank, m).insert(rank + 1, k)).toDoubles();
    double[] q = y.expand(batch.insert(rank, k).insert(rank + 1, n)).toDoubles();
    double[] c = new double[out.size()];
    for (int s = 0; s < batch.size(); s++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          for (int l = 0; l < k; l++) {
            c[(s * m + i) * n + j] += p[(s * m + i) * k + l] * q[(s * k + l) * n + j];
          }
        }
      }
    }
    return c;
  }

  private static Line matmul(boolean ta, boolean tb) {
    Reference r = (out, t) -> product(out, ta, tb, t[0], t[1]);
    return line(
            new MatMul(ta, tb),
            r,
            in(ta ? normal(4, 3) : normal(3, 4), tb ? normal(5, 4) : normal(4, 5)),
            in(ta ? normal(1, 1) : normal(1, 1), tb ? normal(7, 1) : normal(1, 7)),
            in(ta ? normal(2, 4, 3) : normal(2, 3, 4), tb ? normal(2, 4) : normal(4, 2)),
            in(ta ? normal(2, 4, 3) : normal(2, 3, 4), tb ? normal(2, 2, 4) : normal(2, 4, 2)),
            in(ta ? normal(0, 3) : normal(3, 0), tb ? normal(2, 0) : normal(0, 2)))
        .refuses(
            new MatMul(false, false),
            "[matmul] inner sizes differ: [2, 3] x [2, 4]",
            normal(2, 3),
            normal(2, 4))
        .refuses(
            new MatMul(ta, tb),
            "[matmul] expected matrices, got [3] x [3, 2]",
            normal(3),
            normal(3, 2));
  }

  private static double[] softmax(Shape out, Tensor x, boolean log) {
    int n = out.dim(-1);
    double[] v = x.toDoubles();
    double[] y = new double[v.length];
    for (int i = 0; i < v.length; i += n) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += Math.exp(v[i + j]);
      }
      for (int j = 0; j < n; j++) {
        y[i + j] = log ? v[i + j] - Math.log(sum) : Math.exp(v[i + j]) / sum;
      }
    }
    return y;
  }

  private static double[] crossEntropy(Tensor x, Tensor targets, @Nullable Tensor g) {
    double[] p = softmax(x.shape(), x, false);
    int v = x.shape().dim(1);
    int[] target = targets.toInts();
    double[] loss = new double[target.length];
    double[] gradient = new double[p.length];
    for (int i = 0; i < target.length; i++) {
      if (target[i] < 0) {
        continue;
      }
      loss[i] = -Math.log(p[i * v + target[i]]);
      for (int j = 0; g != null && j < v; j++) {
        gradient[i * v + j] = g.get(i) * (p[i * v + j] - (j == target[i] ? 1 : 0));
      }
    }
    return g == null ? loss : gradient;
  }

  public static List<Line> lines() {
    Tensor mask = Tensor.of(Shape.of(3, 5), 1., 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1);
    Tensor targets = ids(2, 0, -1, 1);
    return List.of(
        binary(new Add(), (a, b) -> a + b),
        binary(new Sub(), (a, b) -> a - b),
        binary(new Mul(), (a, b) -> a * b),
        binary(new Div(), (a, b) -> a / b),
        binary(new Max(), Math::max),
        binary(new Min(), Math::min),
        flat(binary(new Greater(), (a, b) -> a > b ? 1 : 0)),
        flat(binary(new TakesSecond(false), (a, b) -> b > a ? 1 : 0)),
        flat(binary(new TakesSecond(true), (a, b) -> b < a ? 1 : 0)),
        unary(new Affine(-2, 3), false, x -> -2 * x + 3),
        unary(new Exp(), false, Math::exp),
        unary(new Log(), true, Math::log),
        unary(new Sqrt(), true, Math::sqrt),
        unary(new Log1p(), true, Math::log1p),
        unary(new Sin(), false, Math::sin),
        unary(new Cos(), false, Math::cos),
        unary(new Erf(), false, OpTable::erf),
        unary(new Tanh(), false, Math::tanh),
        unary(new Sigmoid(), false, OpTable::sigmoid),
        binary(new SigmoidGradient(), (g, y) -> g * y * (1 - y)),
        binary(new TanhGradient(), (g, y) -> g * (1 - y * y)),
        unary(new Softplus(), false, OpTable::softplus),
        unary(new Abs(), false, Math::abs),
        flat(unary(new Sign(), false, Math::signum)),
        line(
            new Where(),
            (out, t) -> {
              double[] m = t[0].expand(out).toDoubles();
              double[] a = t[1].expand(out).toDoubles();
              double[] b = t[2].expand(out).toDoubles();
              double[] c = new double[m.length];
              for (int i = 0; i < c.length; i++) {
                c[i] = m[i] != 0 ? a[i] : b[i];
              }
              return c;
            },
            in(mask, normal(3, 5), normal2(3, 5)),
            in(mask, normal(5), normal2()),
            in(mask.slice(1, 1, 2), normal(3, 5), normal2(5))),
        matmul(false, false),
        matmul(false, true),
        matmul(true, false),
        matmul(true, true),
        line(
                new MatMulAdd(),
                (out, t) -> {
                  double[] c = t[0].expand(out).toDoubles();
                  double[] a = t[1].toDoubles();
                  int n = out.dim(-1);
                  int depth = t[1].shape().dim(-1);
                  for (int i = 0; i < c.length; i++) {
                    for (int k = 0; k < depth; k++) {
                      c[i] += a[i / n * depth + k] * t[2].get(k, i % n);
                    }
                  }
                  return c;
                },
                in(normal(3, 5), normal(3, 4), normal(4, 5)),
                in(normal(5), normal(3, 4), normal2(4, 5)),
                in(normal(5), normal(2, 3, 4), normal2(4, 5)),
                in(normal(2, 1, 5), normal(2, 3, 4), normal2(4, 5)),
                in(normal(1, 2), normal(3, 0), normal(0, 2)))
            .refuses(
                new MatMulAdd(),
                "[matMulAdd] [3] does not broadcast to [2, 2]",
                normal(3),
                normal(2, 4),
                normal(4, 2))
            .refuses(
                new MatMulAdd(),
                "[matMulAdd] expected one matrix B, got [2, 4, 2]",
                normal(2),
                normal(3, 4),
                normal(2, 4, 2)),
        line(
                new Slice(1, 1, 3),
                order(t -> t.slice(1, 1, 3)),
                in(normal(2, 5)),
                in(normal(2, 3, 4)))
            .refuses(
                new Slice(0, 1, 3), "[slice] 1 to 3 is not inside axis 0 of [2, 5]", normal(2, 5)),
        line(
                new Pad(1, 1, 6),
                (out, t) -> {
                  double[] c = new double[out.size()];
                  for (int i = 0; i < out.dim(0); i++) {
                    for (int j = 0; j < t[0].shape().dim(1); j++) {
                      c[i * 6 + j + 1] = t[0].get(i, j);
                    }
                  }
                  return c;
                },
                in(normal(2, 5)),
                in(normal(3, 1)),
                in(normal(3, 0)))
            .refuses(
                new Pad(1, 2, 6), "[pad] [2, 5] from 2 on does not fit into [2, 6]", normal(2, 5)),
        line(
                new Concat(0),
                (out, t) ->
                    Arrays.stream(t).flatMapToDouble(x -> Arrays.stream(x.toDoubles())).toArray(),
                in(normal(2, 3), normal(1, 3)),
                in(normal(2), normal(3), normal(0)))
            .refuses(
                new Concat(0),
                "[concat] sizes differ along axes other than 0: [2, 3] x [2, 4]",
                normal(2, 3),
                normal(2, 4)),
        line(new OnGradient(g -> g), order(t -> t), in(normal(2, 5)), in(normal())),
        line(new Identity(0), order(t -> t), in(normal(2, 5)), in(normal())),
        line(new Reshape(Shape.of(3, 4)), order(t -> t), in(normal(2, 6)), in(normal(12)))
            .refuses(new Reshape(Shape.of(3)), "[reshape] sizes differ: [2] to [3]", normal(2)),
        line(
                new Permute(List.of(2, 0, 1)),
                (out, t) -> {
                  double[] c = new double[out.size()];
                  int n = 0;
                  for (int i = 0; i < out.dim(0); i++) {
                    for (int j = 0; j < out.dim(1); j++) {
                      for (int k = 0; k < out.dim(2); k++) {
                        c[n++] = t[0].get(j, k, i);
                      }
                    }
                  }
                  return c;
                },
                in(normal(2, 3, 4)),
                in(normal(1, 0, 2)))
            .refuses(
                new Permute(List.of(0, 0)),
                "[permute] [0, 0] is not a permutation of the axes of [2, 3]",
                normal(2, 3)),
        line(
                new Expand(Shape.of(2, 3, 4)),
                order(t -> t.expand(Shape.of(2, 3, 4))),
                in(normal(3, 1)),
                in(normal()),
                in(normal(2, 1, 4)))
            .refuses(
                new Expand(Shape.of(2)), "[expand] shapes do not broadcast: [3] x [2]", normal(3)),
        line(
                new SumTo(Shape.of(3, 1)),
                (out, t) -> {
                  double[] c = new double[3];
                  double[] x = t[0].toDoubles();
                  int last = t[0].shape().dim(-1);
                  for (int i = 0; i < x.length; i++) {
                    c[i / last % 3] += x[i];
                  }
                  return c;
                },
                in(normal(3, 5)),
                in(normal(2, 3, 5)),
                in(normal(0, 3, 5)))
            .refuses(new SumTo(Shape.of(2)), "[sum] shapes do not broadcast: [3] x [2]", normal(3)),
        line(
            new SoftmaxOp(),
            (out, t) -> softmax(out, t[0], false),
            in(normal(3, 5)),
            in(normal(7)),
            in(normal(2, 1)),
            in(normal(2, 3, 4))),
        line(
            new LogSoftmax(),
            (out, t) -> softmax(out, t[0], true),
            in(normal(3, 5)),
            in(normal(7)),
            in(normal(2, 1)),
            in(normal(2, 3, 4))),
        line(
                new CrossEntropy(),
                (out, t) -> crossEntropy(t[0], t[1], null),
                in(normal(4, 3), targets),
                in(normal(1, 3), ids(2)))
            .refuses(
                new CrossEntropy(),
                "[crossEntropy] expected logits [N, V] and targets [N], got [4, 3] x [3]",
                normal(4, 3),
                ids(0, 1, 2)),
        line(
                new CrossEntropyGradient(),
                (out, t) -> crossEntropy(t[0], t[1], t[2]),
                in(normal(4, 3), targets, normal(4)))
            .refuses(
                new CrossEntropyGradient(),
                "[crossEntropy] expected a gradient for each row, got [4, 3] x [4] x [3]",
                normal(4, 3),
                targets,
                normal(3)),
        line(
                new Gather(),
                (out, t) -> {
                  double[] c = new double[out.size()];
                  int w = out.dim(-1);
                  int[] id = t[1].toInts();
                  for (int i = 0; i < c.length; i++) {
                    c[i] = t[0].get(id[i / w], i % w);
                  }
                  return c;
                },
                in(normal(4, 3), ids(1, 0, 1, 3, 1)),
                in(normal(4, 3), ids(1, 2).reshape(2, 1)),
                in(normal(4, 3), ids()))
            .refuses(new Gather(), "[gather] expected a table [V, E], got [3]", normal(3), ids(1)),
        line(
                new ScatterAdd(4),
                (out, t) -> {
                  double[] c = new double[out.size()];
                  int w = out.dim(-1);
                  int[] id = t[1].toInts();
                  double[] x = t[0].toDoubles();
                  for (int i = 0; i < x.length; i++) {
                    c[id[i / w] * w + i % w] += x[i];
                  }
                  return c;
                },
                in(normal(3, 2), ids(1, 3, 1)),
                in(normal(2, 1, 2), ids(1, 1).reshape(2, 1)))
            .refuses(
                new ScatterAdd(4),
                "[scatterAdd] expected rows [ids..., E] and ids, got [3, 2] x [2]",
                normal(3, 2),
                ids(1, 2)),
        line(
                new ProjectTable(),
                (out, t) -> {
                  double[] c = new double[out.size()];
                  int n = out.dim(1);
                  for (int i = 0; i < c.length; i++) {
                    c[i] = t.length == 2 ? 0 : t[2].get(i % n);
                    for (int k = 0; k < t[1].shape().dim(0); k++) {
                      c[i] += t[0].get(i / n, k) * t[1].get(k, i % n);
                    }
                  }
                  return c;
                },
                in(normal(4, 3), normal(3, 2)),
                in(normal(4, 3), normal(3, 2), normal(2)))
            .refuses(
                new ProjectTable(),
                "[projectTable] expected [V, E], [E, N] and [N], got [4, 3] x [3, 2] x [3]",
                normal(4, 3),
                normal(3, 2),
                normal(3)));
  }
}
