package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.JavaProcess;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operation cannot do, it says: its name, what it was given, what it expects. */
class ErrorsTest {
  private static final Tensor T = Tensor.of(Shape.of(2, 3), 1f, 2, 3, 4, 5, 6);
  private static final Tensor SCALAR = Tensor.scalar(DType.FLOAT32, 1);
  private static final Tensor INT = T.to(DType.INT32);
  private static final Tensor DOUBLE = T.to(DType.FLOAT64);
  private static final Tensor EMPTY = Tensor.zeros(DType.FLOAT32, Shape.of(2, 0));

  private static final double NAN = Double.NaN;
  private static final Shape ANY = Shape.of(2);

  private static Arguments refused(String message, Runnable call) {
    return Arguments.of(message, call);
  }

  static List<Arguments> calls() {
    String floating = "operands must be all float32 or all float64: ";
    return List.of(
        refused("[transpose] no axis 2 in [2, 3]", () -> T.transpose(0, 2)),
        refused("[slice] no axis -3 in [2, 3]", () -> T.slice(-3, 0, 1)),
        refused("[full] expected an int32, got NaN", () -> Tensor.full(DType.INT32, ANY, NAN)),
        refused("[full] expected an int32, got 2.5", () -> Tensor.full(DType.INT32, ANY, 2.5)),
        refused("[full] expected an int32, got 1.0E10", () -> Tensor.scalar(DType.INT32, 1e10)),
        refused("[flip] no axis 5 in [2, 3]", () -> T.flip(5)),
        refused(
            "[where] expected operands of one type, got float32 and int32",
            () -> T.where(INT, INT)),
        refused("[where] shapes do not broadcast: [2, 3] x [2, 3] x [2]", () -> whereOfTwo()),
        refused("[split] [1, 1] do not add up to axis 1 of [2, 3]", () -> Join.split(T, 1, 1, 1)),
        refused("[split] [4, -1] do not add up to axis 1", () -> Join.split(T, 1, 4, -1)),
        refused("[concat] no axis 2 in [2, 3]", () -> Join.concat(2, List.of(T))),
        refused(
            "[concat] expected operands of one type, got float32 and int32",
            () -> Join.concat(0, List.of(T, INT))),
        refused("[sum] no axis 2 in [2, 3]", () -> Reduction.sum(T, 2)),
        refused("[mean] " + floating + "[int32 [2, 3]]", () -> Reduction.mean(INT)),
        refused("[max] no axis 3 in [2, 3]", () -> Reduction.max(T, 0, 3)),
        refused("[min] [2, 1, 1] does not broadcast to [2, 3]", () -> minTo(2, 1, 1)),
        refused("[min] shapes do not broadcast: [2, 3] x [3, 1]", () -> minTo(3, 1)),
        refused("[argMax] axis -1 is empty: [2, 0]", () -> Ranking.argMax(EMPTY, -1)),
        refused("[argMin] no axis 0 in []", () -> Ranking.argMin(SCALAR, 0)),
        refused(
            "[topK] expected 0 to 3 elements of axis 1 of [2, 3], got 4",
            () -> Ranking.topK(T, 1, 4)),
        refused(
            "[topK] expected 0 to 3 elements of axis 1 of [2, 3], got -1",
            () -> Ranking.topK(T, 1, -1)),
        refused("[cumulativeSum] no axis 2 in [2, 3]", () -> Cumulative.sum(T, 2)),
        refused("[gather] ids must be int32, not float32", () -> Rows.gather(T, T)),
        refused("[gather] id 2 is outside 0 to 1", () -> Rows.gather(T, 0, INT)),
        refused(
            "[scatterAdd] [2, 3] does not have the axes of ids [2, 3] from axis 1",
            () -> Rows.scatterAdd(T, 1, INT, 9)),
        refused("[oneHot] id 6 is outside 0 to 5", () -> Rows.oneHot(DType.FLOAT32, INT, 6)),
        refused("[matmul] " + floating + "[float32 [2, 3], float64 [2, 3]]", () -> product()),
        refused(
            "[timesMatrix] expected a vector and a matrix, got [2, 3] x [2, 3]",
            () -> Vectors.timesMatrix(T, T)),
        refused("[outer] expected vectors, got [2, 3] x []", () -> Vectors.outer(T, SCALAR)),
        refused(
            "[plusOuter] expected [M, N], [M] and [N], got [2, 3] x [6] x [6]",
            () -> Vectors.plusOuter(T, 1, T.reshape(6), T.reshape(6))),
        refused("[softmax] no axis -1 in []", () -> Softmax.softmax(SCALAR)),
        refused("[logSoftmax] no axis -1 in []", () -> Softmax.logSoftmax(SCALAR)));
  }

  private static void whereOfTwo() {
    T.where(T, T.select(1, 0));
  }

  private static void minTo(int... dims) {
    Reduction.minTo(T, Shape.of(dims));
  }

  private static void product() {
    T.matmul(DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void theMessageNamesOpAndShapes(String message, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  /** Computes twice: a class whose initializer fails would tell the reason only once. */
  static final class Twice {
    public static void main(String... args) {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println(Tensor.scalar(DType.FLOAT32, i).add(Tensor.scalar(DType.FLOAT32, 1)));
        } catch (IllegalArgumentException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  private static List<String> twice(String option) throws Exception {
    return JavaProcess.withoutVectors(Twice.class, option).output().lines().toList();
  }

  @Test
  @Tag("once")
  void wrongPropertiesAreNamedEveryTime() throws Exception {
    assertThat(twice("-Ddev.unroll.threads=many"))
        .hasSize(2)
        .containsOnly("-Ddev.unroll.threads must be a number from 1 to 1024, not \"many\"");
    assertThat(twice("-Ddev.unroll.kernels=cuda"))
        .hasSize(2)
        .allSatisfy(l -> assertThat(l).startsWith("no kernel provider named \"cuda\""));
    assertThat(twice("-Ddev.unroll.kernels=simd"))
        .allSatisfy(l -> assertThat(l).startsWith("kernel provider \"simd\" is not available: "));
  }
}
