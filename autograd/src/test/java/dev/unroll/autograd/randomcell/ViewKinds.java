package dev.unroll.autograd.randomcell;

import static dev.unroll.autograd.randomcell.Kind.call;
import static dev.unroll.autograd.randomcell.Kind.floating;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Kinds of expressions that show, cut and join values. */
final class ViewKinds {
  private ViewKinds() {}

  static final List<Kind> ALL =
      List.of(
          floating("permute", 1, 8, ViewKinds::permute),
          floating("reshape", 1, 4, (a, in) -> reshape(a.regrouped(in[0].shape()))),
          floating("slice", 1, 5, ViewKinds::slice),
          floating("select", 1, 3, ViewKinds::select),
          floating("insert", 1, 2, (a, in) -> insert(in[0].shape(), a.next(in[0].rank() + 1))),
          floating(
              "repeat",
              1,
              2,
              (a, in) -> in[0].rank() > 3 ? null : expand(in[0].shape().insert(0, 1 + a.next(3)))),
          floating(
              "expandLike",
              2,
              4,
              (a, in) -> expands(in[0].shape(), in[1].shape()) ? expand(in[1].shape()) : null),
          floating(
              "reshapeLike",
              2,
              2,
              (a, in) ->
                  in[0].shape().size() == in[1].shape().size() ? reshape(in[1].shape()) : null),
          floating("concat", 2, 5, (a, in) -> concat(a.next(in[0].rank()), 2, in)),
          floating("concat3", 3, 2, (a, in) -> concat(a.next(in[0].rank()), 3, in)),
          floating("concatLast", 2, 4, (a, in) -> concat(in[0].rank() - 1, 2, in)),
          floating("stack", 2, 2, ViewKinds::stack));

  private static Kind.@Nullable Call permute(Attributes a, Operand... in) {
    if (in[0].rank() < 2) {
      return null;
    }
    int[] axes = a.order(in[0].rank()).stream().mapToInt(axis -> axis).toArray();
    return call(v -> v[0].permute(axes), "$0.permute(%s)", list(axes));
  }

  private static Kind.Call reshape(Shape to) {
    return call(v -> v[0].reshape(to), "$0.reshape(Shape.of(%s))", list(to));
  }

  private static Kind.Call expand(Shape to) {
    return call(v -> v[0].expand(to), "$0.expand(Shape.of(%s))", list(to));
  }

  private static Kind.@Nullable Call insert(Shape shape, int axis) {
    return shape.rank() > 3 ? null : reshape(shape.insert(axis, 1));
  }

  private static Kind.@Nullable Call slice(Attributes a, Operand... in) {
    if (in[0].rank() == 0) {
      return null;
    }
    int axis = a.next(in[0].rank());
    int n = in[0].dim(axis);
    int from = a.next(n);
    int to = Math.min(n, from + 1 + a.next(n - from));
    return call(v -> v[0].slice(axis, from, to), "$0.slice(%d, %d, %d)", axis, from, to);
  }

  private static Kind.@Nullable Call select(Attributes a, Operand... in) {
    if (in[0].rank() == 0 || in[0].shape().size() == 0) {
      return null;
    }
    int axis = a.next(in[0].rank());
    int at = a.next(in[0].dim(axis));
    return call(v -> v[0].select(axis, at), "$0.select(%d, %d)", axis, at);
  }

  private static Kind.@Nullable Call concat(int axis, int n, Operand... in) {
    Shape first = in[0].shape();
    boolean fits =
        axis >= 0
            && Arrays.stream(in)
                .map(Operand::shape)
                .allMatch(s ->
                    s.rank() == first.rank()
                        && s.rank() > 0
                        && s.with(axis, 1).equals(first.with(axis, 1)));
    String operands = n == 2 ? "$0, $1" : "$0, $1, $2";
    return fits
        ? call(v -> Variable.concat(axis, v), "Variable.concat(%d, " + operands + ")", axis)
        : null;
  }

  private static Kind.@Nullable Call stack(Attributes a, Operand... in) {
    if (!in[0].shape().equals(in[1].shape()) || in[0].rank() > 3) {
      return null;
    }
    int axis = a.next(in[0].rank() + 1);
    return call(v -> Variable.stack(axis, List.of(v)), "Variable.stack(%d, List.of($0, $1))", axis);
  }

  /** Returns whether one shape can be expanded to another that it is not equal to. */
  static boolean expands(Shape from, Shape to) {
    return !from.equals(to) && broadcasts(from, to) && Shape.broadcast("x", from, to).equals(to);
  }

  static boolean broadcasts(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      int m = a.dim(a.rank() - i);
      int n = b.dim(b.rank() - i);
      if (m != n && m != 1 && n != 1) {
        return false;
      }
    }
    return true;
  }

  static String list(Shape shape) {
    return list(shape.dims());
  }

  private static String list(int... axes) {
    return Arrays.stream(axes).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }
}
