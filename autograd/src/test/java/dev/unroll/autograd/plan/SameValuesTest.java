package dev.unroll.autograd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.unroll.autograd.Variable;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SameValuesTest {
  private static final Variable W = Variable.input(tensor(1, 2));
  private static final Variable U = Variable.input(tensor(1, 2));

  private static Tensor tensor(double... x) {
    return Tensor.of(Shape.of(x.length), x);
  }

  private static Variable constant(double... x) {
    return Variable.of(tensor(x));
  }

  static Stream<Arguments> pairs() {
    Variable sum = W.add(U);
    return Stream.of(
        arguments("a variable and itself", W, W, true),
        arguments("equal constants", constant(1, 2), constant(1, 2), true),
        arguments("other constants", constant(1, 2), constant(1, 3), false),
        arguments("variables with gradients", W, U, false),
        arguments("a variable and a constant", W, constant(1, 2), false),
        arguments("a constant and a variable", constant(1, 2), W, false),
        arguments("an equal operation", W.tanh(), W.tanh(), true),
        arguments("an operation and its operand", W.tanh(), W, false),
        arguments("an operand and its operation", W, W.tanh(), false),
        arguments("another operation", W.tanh(), W.exp(), false),
        arguments("other attributes", W.mul(2), W.mul(3), false),
        arguments("another operand", W.tanh(), U.tanh(), false),
        arguments("another first operand", W.sub(U), U.sub(U), false),
        arguments("another last operand", W.sub(W), W.sub(U), false),
        arguments("equal constant operands", W.add(constant(3, 4)), W.add(constant(3, 4)), true),
        arguments("other constant operands", W.add(constant(3, 4)), W.add(constant(3, 5)), false),
        arguments("more operands", Variable.concat(0, W, U), Variable.concat(0, W, U, U), false),
        arguments("fewer operands", Variable.concat(0, W, U, U), Variable.concat(0, W, U), false),
        arguments("equal operations on operations", W.add(U).tanh(), W.add(U).tanh(), true),
        arguments("other operations on operations", W.add(U).tanh(), W.sub(U).tanh(), false),
        arguments("one operand twice", sum.mul(sum), W.add(U).mul(W.add(U)), true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void variablesAreComparedByWhatComputesThem(String what, Variable x, Variable y, boolean same) {
    SameValues values = new SameValues();
    assertThat(values.test(x, y)).isEqualTo(same);
    assertThat(values.test(x, y)).as("again").isEqualTo(same);
  }

  /** The number of paths from the result to the operand is that of a power of two. */
  private static Variable doubled(int times) {
    Variable v = W;
    for (int i = 0; i < times; i++) {
      v = v.add(v);
    }
    return v;
  }

  @Test
  void eachPairIsComparedOnceAndWithoutRecursion() {
    assertThat(new SameValues().test(doubled(10_000), doubled(10_000))).isTrue();
    assertThat(new SameValues().test(doubled(60), doubled(61))).isFalse();
  }
}
