package dev.unroll.autograd.randomcell;

import static dev.unroll.autograd.randomcell.Kind.call;
import static dev.unroll.autograd.randomcell.Kind.floating;
import static dev.unroll.autograd.randomcell.Kind.kind;

import dev.unroll.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kinds of expressions that multiply matrices and look rows up. */
final class ProductKinds {
  private ProductKinds() {}

  static final List<Kind> ALL =
      List.of(
          floating(
              "matmul",
              2,
              10,
              (a, in) ->
                  multiplies(in[0].shape(), in[1].shape(), -2)
                      ? call(v -> v[0].matmul(v[1]), "$0.matmul($1)")
                      : null),
          floating(
              "matmulTransposed",
              2,
              5,
              (a, in) ->
                  multiplies(in[0].shape(), in[1].shape(), -1)
                      ? call(v -> v[0].matmulTransposed(v[1]), "$0.matmulTransposed($1)")
                      : null),
          floating("linear", 3, 5, ProductKinds::linear),
          kind("gather", 2, 4, ProductKinds::gather),
          kind("crossEntropy", 2, 4, ProductKinds::crossEntropy));

  private static boolean multiplies(Shape a, Shape b, int inner) {
    return a.rank() >= 2
        && b.rank() >= 2
        && a.dim(-1) == b.dim(inner)
        && ViewKinds.broadcasts(leading(a), leading(b));
  }

  private static Shape leading(Shape s) {
    return s.without(-1).without(-1);
  }

  private static Kind.@Nullable Call linear(Attributes a, Operand... in) {
    Shape x = in[0].shape();
    Shape w = in[1].shape();
    Shape b = in[2].shape();
    boolean fits =
        w.rank() == 2
            && x.rank() >= 2
            && x.dim(-1) == w.dim(0)
            && x.size() > 0
            && (b.equals(x.with(x.rank() - 1, w.dim(1)))
                || ViewKinds.expands(b, x.with(x.rank() - 1, w.dim(1))));
    return fits ? call(v -> v[0].linear(v[1], v[2]), "$0.linear($1, $2)") : null;
  }

  private static Kind.@Nullable Call gather(Attributes a, Operand... in) {
    boolean fits =
        in[0].isFloating()
            && in[0].rank() == 2
            && in[1].rows() > 0
            && in[0].dim(0) >= in[1].rows()
            && in[1].rank() <= 2;
    return fits ? call(v -> v[0].gather(v[1]), "$0.gather($1)") : null;
  }

  private static Kind.@Nullable Call crossEntropy(Attributes a, Operand... in) {
    boolean fits =
        in[0].isFloating()
            && in[0].rank() == 2
            && in[1].rank() == 1
            && in[1].rows() != 0
            && in[0].dim(0) == in[1].dim(0)
            && in[0].dim(1) >= Math.abs(in[1].rows());
    return fits ? call(v -> v[0].crossEntropy(v[1]), "$0.crossEntropy($1)") : null;
  }
}
