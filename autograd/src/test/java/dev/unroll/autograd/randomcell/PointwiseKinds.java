package dev.unroll.autograd.randomcell;

import static dev.unroll.autograd.randomcell.Kind.call;
import static dev.unroll.autograd.randomcell.Kind.floating;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.OpTable;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.op.Elementwise;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kinds of expressions that work element by element; those of two operands broadcast. Pointwise ops
 * of {@link OpTable} that are not listed here are added with bounded operands.
 */
final class PointwiseKinds {
  private PointwiseKinds() {}

  private static final List<Kind> LISTED =
      List.of(
          unary("tanh", 6, "$0.tanh()", v -> v[0].tanh()),
          unary("sigmoid", 4, "$0.sigmoid()", v -> v[0].sigmoid()),
          unary("softplus", 1, "$0.softplus()", v -> v[0].softplus()),
          unary("exp", 2, "$0.tanh().exp()", v -> v[0].tanh().exp()),
          unary(
              "log",
              1,
              "$0.mul($0).affine(1, 0.5).log()",
              v -> v[0].mul(v[0]).affine(1, 0.5).log()),
          unary(
              "sqrt",
              1,
              "$0.mul($0).affine(1, 0.5).sqrt()",
              v -> v[0].mul(v[0]).affine(1, 0.5).sqrt()),
          unary("abs", 1, "$0.abs()", v -> v[0].abs()),
          unary("relu", 1, "$0.relu()", v -> v[0].relu()),
          unary("clamp", 1, "$0.clamp(-0.5, 0.7)", v -> v[0].clamp(-0.5, 0.7)),
          unary("detach", 2, "$0.detach()", v -> v[0].detach()),
          floating(
              "affine",
              1,
              3,
              (a, in) -> {
                double scale = a.constant();
                double shift = a.constant();
                return call(v -> v[0].affine(scale, shift), "$0.affine(%s, %s)", scale, shift);
              }),
          floating(
              "scalar",
              1,
              3,
              (a, in) -> {
                boolean adds = a.next(2) == 0;
                double c = a.constant();
                return call(
                    v -> {
                      Variable s = Variable.scalar(v[0].type(), c);
                      return adds ? v[0].add(s) : v[0].mul(s);
                    },
                    "$0.%s(Variable.scalar(type, %s))",
                    adds ? "add" : "mul",
                    c);
              }),
          floating(
              "full",
              1,
              1,
              (a, in) -> {
                double c = a.constant();
                Shape shape = in[0].shape();
                return call(
                    v -> Variable.of(Tensor.full(v[0].type(), shape, c)),
                    "Variable.of(Tensor.full(type, Shape.of(%s), %s))",
                    c,
                    ViewKinds.list(shape));
              }),
          binary("add", 8, "$0.add($1)", v -> v[0].add(v[1])),
          binary("sub", 3, "$0.sub($1)", v -> v[0].sub(v[1])),
          binary("mul", 6, "$0.mul($1)", v -> v[0].mul(v[1])),
          binary(
              "div",
              2,
              "$0.div($1.mul($1).affine(1, 0.5))",
              v -> v[0].div(v[1].mul(v[1]).affine(1, 0.5))),
          binary("max", 1, "$0.max($1)", v -> v[0].max(v[1])),
          binary("min", 1, "$0.min($1)", v -> v[0].min(v[1])),
          binary("greater", 1, "$0.greater($1)", v -> v[0].greater(v[1])),
          binary(
              "where",
              2,
              "$0.where($0.greater($1), $1)",
              v -> v[0].where(v[0].greater(v[1]), v[1])));

  static final List<Kind> ALL = Stream.concat(LISTED.stream(), others()).toList();

  private static Stream<Kind> others() {
    Set<String> listed = LISTED.stream().map(Kind::name).collect(Collectors.toSet());
    return OpTable.lines().stream()
        .filter(l -> l.op() instanceof Pointwise && !(l.op() instanceof Elementwise.Identity))
        .filter(l -> !listed.contains(l.op().name()))
        .map(PointwiseKinds::other);
  }

  private static Kind other(OpTable.Line line) {
    Op op = line.op();
    Tensor[] sample = line.samples().getFirst();
    boolean positive =
        Arrays.stream(sample)
            .flatMapToDouble(t -> Arrays.stream(t.toDoubles()))
            .allMatch(x -> x > 0);
    String code = "Variable.apply(new " + op.getClass().getSimpleName() + "(), %s)";
    UnaryOperator<Variable> bounded = positive ? v -> v.tanh().square().add(0.5) : Variable::tanh;
    String bounds = positive ? ".tanh().square().add(0.5)" : ".tanh()";
    Function<Variable[], Variable> apply =
        v -> Variable.apply(op, Arrays.stream(v).map(bounded).toArray(Variable[]::new));
    return sample.length == 1
        ? unary(op.name(), 1, String.format(Locale.ROOT, code, "$0" + bounds), apply)
        : binary(
            op.name(), 1, String.format(Locale.ROOT, code, "$0" + bounds + ", $1" + bounds), apply);
  }

  private static Kind unary(
      String name, int weight, String code, Function<Variable[], Variable> f) {
    return floating(name, 1, weight, (a, in) -> call(f, code));
  }

  private static Kind binary(
      String name, int weight, String code, Function<Variable[], Variable> f) {
    return floating(
        name,
        2,
        weight,
        (a, in) -> ViewKinds.broadcasts(in[0].shape(), in[1].shape()) ? call(f, code) : null);
  }
}
