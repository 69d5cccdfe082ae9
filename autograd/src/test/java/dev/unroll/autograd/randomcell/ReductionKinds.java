package dev.unroll.autograd.randomcell;

import static dev.unroll.autograd.randomcell.Kind.call;
import static dev.unroll.autograd.randomcell.Kind.floating;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kinds of expressions that sum over axes, and what is made from such sums. */
final class ReductionKinds {
  private ReductionKinds() {}

  static final List<Kind> ALL =
      List.of(
          floating("sumAxis", 1, 5, ReductionKinds::sumAxis),
          floating("sumLeading", 1, 2, ReductionKinds::sumLeading),
          floating("sumLike", 2, 3, ReductionKinds::sumLike),
          floating("sum", 1, 1, (a, in) -> call(v -> v[0].sum(), "$0.sum()")),
          nonEmpty("mean", 1, "$0.mean()", v -> v[0].mean()),
          floating("largest", 1, 1, ReductionKinds::largest),
          nonEmpty("softmax", 2, "$0.softmax()", v -> v[0].softmax()),
          nonEmpty("logSoftmax", 1, "$0.logSoftmax()", v -> v[0].logSoftmax()),
          floating("normalized", 1, 2, ReductionKinds::normalized),
          floating("share", 1, 3, ReductionKinds::share),
          floating("centered", 1, 2, ReductionKinds::centered));

  private static Kind nonEmpty(
      String name, int weight, String code, Function<Variable[], Variable> f) {
    return floating(
        name,
        1,
        weight,
        (a, in) -> in[0].rank() > 0 && in[0].shape().size() > 0 ? call(f, code) : null);
  }

  /**
   * Of rows of several columns: the deviation of one number is 0, and its gradient is a difference
   * of equal terms times the reciprocal of epsilon's root, of which float32 keeps no digit.
   */
  private static Kind.@Nullable Call normalized(Attributes a, Operand... in) {
    Shape s = in[0].shape();
    return s.rank() > 0 && s.size() > 0 && s.dim(-1) > 1
        ? call(v -> v[0].normalized(), "$0.normalized()")
        : null;
  }

  private static Kind.Call sumTo(Shape to) {
    return call(v -> v[0].sumTo(to), "$0.sumTo(Shape.of(%s))", ViewKinds.list(to));
  }

  private static Kind.@Nullable Call sumAxis(Attributes a, Operand... in) {
    return in[0].rank() == 0 ? null : sumTo(in[0].shape().with(a.next(in[0].rank()), 1));
  }

  private static Kind.@Nullable Call sumLeading(Attributes a, Operand... in) {
    return in[0].rank() == 0 ? null : sumTo(in[0].shape().without(0));
  }

  private static Kind.@Nullable Call sumLike(Attributes a, Operand... in) {
    return ViewKinds.expands(in[1].shape(), in[0].shape()) ? sumTo(in[1].shape()) : null;
  }

  private static Kind.@Nullable Call largest(Attributes a, Operand... in) {
    if (in[0].rank() == 0 || in[0].shape().size() == 0) {
      return null;
    }
    int axis = a.next(in[0].rank());
    return call(v -> v[0].max(axis), "$0.max(%d)", axis);
  }

  /** A softmax over any axis, as one writes it. */
  private static Kind.@Nullable Call share(Attributes a, Operand... in) {
    if (in[0].rank() == 0 || in[0].shape().size() == 0) {
      return null;
    }
    Shape to = in[0].shape().with(a.next(in[0].rank()), 1);
    return call(
        v -> {
          Variable e = v[0].tanh().exp();
          return e.div(e.sumTo(to));
        },
        "$0.tanh().exp().div($0.tanh().exp().sumTo(Shape.of(%s)))",
        ViewKinds.list(to));
  }

  private static Kind.@Nullable Call centered(Attributes a, Operand... in) {
    if (in[0].rank() == 0) {
      return null;
    }
    Shape to = in[0].shape().with(a.next(in[0].rank()), 1);
    return call(
        v -> v[0].sub(v[0].sumTo(to).mul(0.25)),
        "$0.sub($0.sumTo(Shape.of(%s)).mul(0.25))",
        ViewKinds.list(to));
  }
}
