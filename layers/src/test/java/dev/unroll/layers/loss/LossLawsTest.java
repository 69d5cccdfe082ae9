package dev.unroll.layers.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Property;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for every loss, whatever its options. */
class LossLawsTest {
  private static final double[] POISONS = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300
  };

  private static Stream<DynamicTest> law(Consumer<LossCase> law) {
    return LossCase.names().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name, () -> Property.holds(draw -> law.accept(LossCase.random(name, draw)))));
  }

  private static void assertSame(String what, Tensor actual, Tensor expected) {
    // -0 and 0 are one gradient.
    assertThat(actual.toDoubles())
        .as(what)
        .usingElementComparator((a, b) -> Double.compare(a + 0.0, b + 0.0))
        .isEqualTo(expected.toDoubles());
  }

  /** The value and the gradients of the first and second order. */
  private static List<Tensor> derivatives(LossCase c, Tensor outputs) {
    Parameter p = new Parameter(outputs);
    Variable loss = c.loss().of(p, c.targets());
    Variable one = Variable.scalar(loss.type(), 1);
    Variable first = Gradients.of(loss, one, List.of(p)).getFirst();
    Variable direction = Variable.of(RandomKey.of(5).normal(outputs.type(), outputs.shape(), 0, 1));
    Variable second =
        Gradients.of(first.mul(direction).sum(), one, List.of((Variable) p)).getFirst();
    Parameter q = new Parameter(outputs);
    Tensor fused = Gradients.of(c.loss().of(q, c.targets()), Set.of(q)).get(q).dense().contiguous();
    return List.of(loss.value(), first.value(), second.value(), fused);
  }

  /** Whatever a model outputs where nothing is to be predicted changes nothing. */
  @TestFactory
  Stream<DynamicTest> maskedOutputsChangeNothing() {
    return law(c -> {
      List<Tensor> clean = derivatives(c, c.outputs());
      for (double poison : POISONS) {
        List<Tensor> poisoned = derivatives(c, c.poisoned(poison));
        for (int i = 0; i < clean.size(); i++) {
          assertSame("derivative " + i + " with " + poison, poisoned.get(i), clean.get(i));
        }
      }
    });
  }

  /** Halves by the first axis, by their weights, are the whole, in value and gradient. */
  @TestFactory
  Stream<DynamicTest> theMeanOfABatchIsThatOfItsPartsByWeight() {
    return law(c -> {
      int n = c.targets().shape().dim(0);
      Parameter p = new Parameter(c.outputs());
      Variable whole = c.loss().of(p, c.targets());
      double weight = c.loss().weight(c.targets());
      Variable sum = Variable.scalar(c.outputs().type(), 0);
      double weights = 0;
      for (int[] part : new int[][] {{0, n / 2}, {n / 2, n}}) {
        Tensor targets = c.targets().slice(0, part[0], part[1]);
        double own = c.loss().weight(targets);
        Variable loss = c.loss().of(p.slice(0, part[0], part[1]), targets);
        sum = sum.add(loss.mul(own)); // Of a part that weighs nothing, nothing is left.
        weights += own;
      }
      double tolerance = c.outputs().type() == DType.FLOAT64 ? 1e-12 : 1e-5;
      assertThat(weights).isCloseTo(weight, within(1e-9));
      Variable mean = sum.mul(weight == 0 ? 1 : 1 / weight);
      assertThat(mean.value().item()).isCloseTo(whole.value().item(), within(tolerance));
      double[] expected = Gradients.of(whole, Set.of(p)).get(p).dense().toDoubles();
      double[] actual = Gradients.of(mean, Set.of(p)).get(p).dense().toDoubles();
      assertThat(new Tolerance(tolerance, 0).difference(expected, actual)).isEmpty();
    });
  }

  /** A target is predicted where the loss has a gradient, unless a class weighs nothing. */
  @TestFactory
  Stream<DynamicTest> metricsSeeWhatIsPredicted() {
    return law(c -> {
      double[] predicted = c.loss().predicted(c.targets()).toDoubles();
      boolean ids = c.targets().type() == DType.INT32;
      int per = c.masked().length / predicted.length;
      for (int i = 0; i < predicted.length; i++) {
        boolean nothing = ids ? predicted[i] == -1 : Double.isNaN(predicted[i]);
        assertThat(nothing).isEqualTo(c.masked()[i * per]);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> nothingFlowsBackFromMaskedOutputs() {
    return law(c -> {
      double[] g = derivatives(c, c.poisoned(Double.NaN)).get(1).toDoubles();
      for (int i = 0; i < g.length; i++) {
        assertThat(Double.isFinite(g[i])).isTrue();
        assertThat(!c.masked()[i] || g[i] == 0).isTrue();
      }
    });
  }
}
