package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BuffersTest {
  private static final Tensor X = RandomKey.of(1).normal(DType.FLOAT32, Shape.of(3, 5), 0, 1);

  private final Buffers buffers = new Buffers();

  @Test
  @SuppressWarnings("NullAway") // Null is what is tested.
  void nullWorkIsNamed() {
    assertThatThrownBy(() -> Buffers.outside(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("work");
    assertThatThrownBy(() -> Buffers.here().call(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("work");
  }

  @Test
  void theNextScopeWritesOverWhatTheLastOneMade() {
    Object first;
    try (Buffers.Scope _ = buffers.open()) {
      first = X.add(X).storage();
      assertThat(X.mul(X).storage()).isNotSameAs(first);
    }
    try (Buffers.Scope _ = buffers.open()) {
      X.add(X);
      assertThat(X.add(X).storage()).isSameAs(first);
    }
    assertThat(X.add(X).storage()).isNotSameAs(first);
  }

  @Test
  void aTensorOfAScopeThatHasEndedCannotBeRead() {
    Tensor t;
    Tensor view;
    try (Buffers.Scope _ = buffers.open()) {
      t = X.add(X);
      view = t.slice(1, 0, 2).transpose(0, 1);
      assertThat(view.get(1, 2)).isEqualTo(2 * X.get(2, 1));
    }
    String message =
        "[tensor] this float32 [3, 5] was created in a scope that has ended: use Scope.keep";
    assertThatThrownBy(t::toFloats).hasMessageStartingWith(message);
    assertThatThrownBy(() -> X.add(t)).hasMessageStartingWith(message);
    assertThatThrownBy(() -> t.matmul(X)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> Softmax.softmax(t)).hasMessageStartingWith(message);
    assertThatThrownBy(() -> view.get(0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("float32 [2, 3] was created in a scope that has ended");
    assertThat(t).hasToString("float32[3, 5] whose values are no longer valid");
  }

  @Test
  void whatIsKeptLivesOn() {
    Tensor kept;
    try (Buffers.Scope scope = buffers.open()) {
      Tensor t = X.add(X);
      kept = scope.keep(t.transpose(0, 1));
      assertThat(kept.storage()).isSameAs(t.storage());
      assertThat(scope.keep(kept)).isSameAs(kept);
      assertThat(scope.keep(X)).isSameAs(X);
    }
    try (Buffers.Scope _ = buffers.open()) {
      for (int i = 0; i < 5; i++) {
        X.mul(X);
      }
    }
    assertThat(kept.sameBits(X.add(X).transpose(0, 1))).isTrue();
  }

  @Test
  void aScopeThatHasEndedKeepsNothingAndNeitherDoesOneOfAnotherThread() throws Exception {
    Tensor t;
    Buffers.Scope ended;
    try (Buffers.Scope scope = buffers.open()) {
      ended = scope;
      t = X.add(X);
      AtomicReference<Throwable> other = new AtomicReference<>();
      Thread thread =
          new Thread(() -> {
            try {
              scope.keep(t);
            } catch (IllegalStateException e) {
              other.set(e);
            }
          });
      thread.start();
      thread.join();
      assertThat(other.get())
          .hasMessage(
              "[keep] expected a scope that this thread has open, got one that is not open on this thread");
    }
    assertThatThrownBy(() -> ended.keep(t))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("[keep] expected a scope that this thread has open, got one that has ended");
    assertThatThrownBy(() -> ended.keep(X)).hasMessageContaining("that has ended");
  }

  @Test
  void scopesNestAndKeepCarriesOneLevelUp() {
    Tensor kept;
    try (Buffers.Scope outer = buffers.open()) {
      Tensor before = X.add(X);
      try (Buffers.Scope inner = new Buffers().open()) {
        kept = inner.keep(before.mul(X));
        assertThat(inner.keep(before)).isSameAs(before);
        Tensor innermost = X.mul(X);
        assertThatThrownBy(() -> outer.keep(innermost))
            .hasMessage("[keep] float32 [3, 5] was created in a scope nested in this one");
      }
      assertThat(kept.sameBits(X.add(X).mul(X))).isTrue();
    }
    assertThatThrownBy(kept::toFloats).hasMessageContaining("has ended");
  }

  @Test
  void scopesEndInnermostFirstOnTheirThread() throws Exception {
    Buffers.Scope outer = buffers.open();
    try (Buffers.Scope _ = buffers.open()) {
      assertThatThrownBy(outer::close).hasMessageContaining("after those nested in it");
    }
    Thread other =
        new Thread(() -> assertThatThrownBy(outer::close).hasMessageContaining("thread"));
    other.start();
    other.join();
    outer.close();
    outer.close();
    assertThat(X.add(X).toFloats()).hasSize(15);
  }

  @Test
  void whatIsKeptInsideComesBackWhenTheOuterScopeEnds() {
    Object array;
    try (Buffers.Scope _ = buffers.open()) {
      Tensor kept;
      try (Buffers.Scope inner = buffers.open()) {
        kept = inner.keep(X.add(X));
        array = kept.storage();
      }
      assertThat(X.mul(X).storage()).isNotSameAs(array);
      assertThat(kept.sameBits(X.add(X))).isTrue();
    }
    try (Buffers.Scope _ = buffers.open()) {
      assertThat(List.of(X.mul(X).storage(), X.mul(X).storage(), X.mul(X).storage()))
          .anyMatch(a -> a == array);
    }
  }

  @Test
  void threadsWithScopesOpenAtOnceShareNoArray() throws Exception {
    try (Buffers.Scope _ = buffers.open()) {
      X.add(X); // So that there is something to share.
    }
    try (Buffers.Scope mine = buffers.open()) {
      Tensor a = X.add(X);
      AtomicReference<Object> other = new AtomicReference<>();
      Thread thread =
          new Thread(() -> {
            try (Buffers.Scope _ = buffers.open()) {
              other.set(X.mul(X).storage());
            }
          });
      thread.start();
      thread.join();
      assertThat(other.get()).isNotNull().isNotSameAs(a.storage());
      assertThat(a.sameBits(mine.keep(a))).isTrue();
    }
  }

  @Test
  void valuesHandedOutAreNobodyElses() {
    float[] values;
    try (Buffers.Scope _ = buffers.open()) {
      values = X.add(X).toFloats();
    }
    float[] before = values.clone();
    try (Buffers.Scope _ = buffers.open()) {
      X.mul(X).mul(X);
    }
    assertThat(values).isEqualTo(before);
  }

  @Test
  void everythingHasTheSameBitsInUsedBuffers() {
    Workload.calls()
        .forEach((name, call) -> {
          Tensor expected = call.get();
          fillWithNan(expected);
          try (Buffers.Scope _ = buffers.open()) {
            assertThat(call.get().sameBits(expected)).as(name).isTrue();
          }
        });
  }

  /** Leaves arrays of NaN in the buffers, of the sizes that a call is going to ask for. */
  private void fillWithNan(Tensor like) {
    try (Buffers.Scope _ = buffers.open()) {
      for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        Supplier<Tensor> nan =
            () ->
                Tensor.scalar(type, Double.NaN)
                    .add(Tensor.full(type, Shape.of(like.shape().size()), 1));
        for (int i = 0; i < 3; i++) {
          assertThat(nan.get().shape().size()).isEqualTo(like.shape().size());
        }
      }
    }
  }
}
