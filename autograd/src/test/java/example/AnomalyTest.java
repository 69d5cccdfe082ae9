package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Anomaly;
import dev.unroll.autograd.Checkpoint;
import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Seen from outside: the lines that are reported are those of this file. */
class AnomalyTest {
  private static Parameter parameter(double... x) {
    return new Parameter(Tensor.of(Shape.of(x.length), x));
  }

  private static Variable logarithm(Variable x) {
    return x.log(); // the line of logarithm
  }

  private static Variable root(Variable x) {
    return x.sqrt(); // the line of root
  }

  private static Gradient gradient(Variable loss, Parameter by) {
    return Gradients.of(loss, List.of(by)).get(by);
  }

  private static String line(String method, int line) {
    return "example.AnomalyTest." + method + "(AnomalyTest.java:" + line + ")";
  }

  @Test
  void firstNanOfTheForwardPassIsReportedWithItsLine() {
    Variable x = parameter(1, -1, 2);
    assertThatThrownBy(() -> Anomaly.detect(() -> logarithm(x).mul(2)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("[anomaly] log returned NaN at element 1 of float64[3]")
        .hasMessageEndingWith("; inputs float64[3]; applied at " + line("logarithm", 28));
    Variable zero = Variable.scalar(DType.FLOAT32, 0);
    Variable one = Variable.scalar(DType.FLOAT32, 1);
    assertThatThrownBy(() -> Anomaly.detect(() -> one.div(zero)))
        .hasMessageStartingWith("[anomaly] div returned Infinity at element 0 of float32[]");
  }

  @Test
  void firstInfinityOfTheBackwardPassIsReportedWithTheLineOfTheForwardPass() {
    Parameter x = parameter(4, 0);
    Supplier<Gradient> run = () -> gradient(root(x).mul(2).sum(), x);
    assertThat(run.get().dense().get(1)).isInfinite();
    assertThatThrownBy(() -> Anomaly.detect(run))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("[anomaly] the gradient of sqrt has Infinity at element 1 of")
        .hasMessageEndingWith("inputs float64[2]; applied at " + line("root", 32))
        .cause()
        .hasMessage("applied here")
        .satisfies(e -> assertThat(e.getStackTrace()[0].getMethodName()).isEqualTo("root"));
    Variable outside = root(x).sum();
    assertThatThrownBy(() -> Anomaly.detect(() -> gradient(outside, x)))
        .hasMessageEndingWith("applied at a line outside of Anomaly.detect")
        .hasNoCause();
  }

  @Test
  void functionOfSeveralResultsIsWatched() {
    Variable x = parameter(1e200);
    assertThatThrownBy(() ->
            Anomaly.detect(() -> Variable.apply(new CustomOpTest.SumAndProduct(), List.of(x, x))))
        .hasMessageStartingWith(
            "[anomaly] sumAndProduct returned Infinity at element 0 of float64[1]; inputs"
                + " float64[1], float64[1]; applied at example.AnomalyTest.");
    assertThat(Variable.apply(new CustomOpTest.SumAndProduct(), List.of(x, x))).hasSize(2);
  }

  @Test
  void sumsThatOverflowAreReported() {
    Parameter x = new Parameter(Tensor.scalar(DType.FLOAT32, 1e-3));
    assertThatThrownBy(() ->
            Anomaly.detect(() -> {
              Variable y = x.mul(1);
              Variable loss = y.mul(3e38).add(y.mul(3e38));
              return gradient(loss, x);
            }))
        .hasMessageContaining(
            "[anomaly] the accumulated gradient at the result of affine has Infinity at element 0")
        .hasMessageContaining("AnomalyTest.java");
  }

  @Test
  void whatIsRecomputedIsWatchedAsWell() {
    Parameter x = parameter(4, 0);
    assertThatThrownBy(() ->
            Anomaly.detect(
                () -> gradient(Checkpoint.of(() -> List.of(root(x))).getFirst().sum(), x)))
        .hasMessageContaining("the gradient of sqrt has Infinity")
        .hasMessageContaining(line("root", 32));
  }

  @Test
  void watchingChangesNoBitAndKeepsRowsSparse() {
    Parameter table = parameter(1, 2, 3, 4);
    Parameter matrix = new Parameter(table.value().reshape(2, 2));
    Variable ids = Variable.of(Tensor.of(Shape.of(3), 1, 0, 1));
    Supplier<Gradient> run =
        () -> gradient(matrix.gather(ids).tanh().matmul(matrix.detach()).sum(), matrix);
    Gradient watched = Anomaly.detect(run);
    assertThat(watched).isInstanceOf(Gradient.Sparse.class);
    assertThat(watched.dense().sameBits(run.get().dense())).isTrue();
  }

  @Test
  void theLineOfAnOperationThatALibraryCallsIsThatOfTheCaller() {
    // A method reference leaves no frame of this file between the stream and the operation.
    UnaryOperator<Variable> log = Variable::log;
    Variable x = parameter(-1);
    assertThatThrownBy(() -> Anomaly.detect(() -> Stream.of(x).map(log).toList().getFirst()))
        .message()
        .doesNotContain("java.util.stream")
        .contains("applied at example.AnomalyTest.");
  }
}
