package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.op.Products;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A deferred value lives where its variable was made, wherever it is first read. */
class DeferredLifetimeTest {
  private static final Tensor X = RandomKey.of(5).normal(DType.FLOAT32, Shape.of(4, 4), 0, 1);
  private static final Variable IDS = Variable.of(Tensor.of(Shape.of(3), 2, 0, 2));

  private static final Map<String, UnaryOperator<Variable>> DEFERRED =
      Map.of(
          "product", v -> Variable.apply(new Products.MatMul(true, false), v, v),
          "permute", v -> v.add(v).permute(1, 0),
          "concat", v -> Variable.concat(0, v, v.add(v)),
          "gather", v -> v.gather(IDS),
          "a chain", v -> Variable.concat(1, v.gather(IDS).matmul(v), v.gather(IDS)).permute(1, 0),
          "a parameter", v -> new Parameter(v.value()).gather(IDS).permute(1, 0));

  private final Buffers buffers = new Buffers();

  private static Tensor eager(UnaryOperator<Variable> f) {
    return f.apply(Variable.of(X)).value();
  }

  /** Uses all arrays that scopes before have returned. */
  private void overwrite() {
    try (Buffers.Scope _ = buffers.open()) {
      for (int i = 0; i < 40; i++) {
        X.mul(X);
      }
    }
  }

  @Test
  void madeOutsideAndReadInAScopeItOutlivesTheScope() {
    DEFERRED.forEach((name, f) -> {
      Variable v = f.apply(Variable.of(X));
      try (Buffers.Scope _ = buffers.open()) {
        assertThat(v.value().sameBits(eager(f))).as(name).isTrue();
      }
      overwrite();
      assertThat(v.value().sameBits(eager(f))).as(name).isTrue();
    });
  }

  @Test
  void madeInAScopeAndReadInOneNestedInItItEndsWithItsOwn() {
    DEFERRED.forEach((name, f) -> {
      Variable v;
      try (Buffers.Scope _ = buffers.open()) {
        v = f.apply(Variable.of(X));
        try (Buffers.Scope _ = new Buffers().open()) {
          v.value();
        }
        try (Buffers.Scope _ = buffers.open()) {
          v.value();
        }
        overwrite();
        assertThat(v.value().sameBits(eager(f))).as(name).isTrue();
      }
      assertThatThrownBy(() -> v.value().toFloats())
          .as(name)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was created in a scope that has ended");
    });
  }

  @Test
  void readOnAnotherThreadItLeavesTheScopesOfBothAlone() throws Exception {
    AtomicReference<Tensor> read = new AtomicReference<>();
    try (Buffers.Scope _ = buffers.open()) {
      Variable v = Variable.of(X).gather(IDS);
      Thread other =
          new Thread(() -> {
            try (Buffers.Scope _ = buffers.open()) {
              read.set(v.value());
            }
          });
      other.start();
      other.join();
      overwrite();
    }
    assertThat(read.get().sameBits(eager(v -> v.gather(IDS)))).isTrue();
  }

  @Test
  void theGradientOfADeferredValueIsTheSameInAScope() {
    Parameter p = new Parameter(X);
    Variable loss = p.gather(IDS).permute(1, 0).sum();
    Tensor expected = Gradients.of(p.gather(IDS).permute(1, 0).sum(), List.of(p)).get(p).dense();
    try (Buffers.Scope _ = buffers.open()) {
      Tensor g = Gradients.of(loss, List.of(p)).get(p).dense();
      assertThat(g.sameBits(expected)).isTrue();
    }
  }
}
