package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.JavaProcess;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What does not fit is refused with the op, the shape and what would help. */
class MemoryTest {
  /** In a JVM with a small heap. */
  public static final class Small {
    public static void main(String... args) {
      Tensor x = Tensor.full(DType.FLOAT32, Shape.of(20_000, 1), 1);
      List<Supplier<Tensor>> tooLarge =
          List.of(
              () -> Tensor.zeros(DType.FLOAT64, Shape.of(20_000, 20_000)),
              () -> x.matmul(x.transpose(0, 1)),
              () -> x.add(x.transpose(0, 1)),
              () -> x.expand(Shape.of(20_000, 20_000)).contiguous(),
              () ->
                  Rows.oneHot(DType.FLOAT32, Tensor.of(Shape.of(20_000), new int[20_000]), 20_000),
              () -> RandomKey.of(1).normal(DType.FLOAT32, Shape.of(20_000, 20_000), 0, 1));
      for (Supplier<Tensor> t : tooLarge) {
        try {
          System.out.println("fits: " + t.get());
        } catch (OutOfMemoryError e) {
          System.out.println(e.getMessage());
        }
      }
      System.out.println(x.add(x).get(19_999, 0));
    }
  }

  @Test
  @Tag("once")
  void whatDoesNotFitNamesOpShapeAndHeap() throws Exception {
    List<String> lines =
        JavaProcess.withoutVectors(Small.class, "-Xmx64m", "-Ddev.unroll.threads=1")
            .output()
            .lines()
            .toList();
    assertThat(lines).hasSize(7);
    List<String> ops = List.of("zeros", "matmul", "add", "contiguous", "oneHot", "random");
    for (int i = 0; i < ops.size(); i++) {
      assertThat(lines.get(i))
          .startsWith("[" + ops.get(i) + "] ")
          .contains(" [20000, 20000] does not fit into memory: it needs ")
          .containsPattern("the heap is at most 0\\.06[0-9]+ GB \\(-Xmx\\): Java heap space");
    }
    assertThat(lines.getFirst()).contains("float64 [20000, 20000]").contains("needs 3.20 GB");
    assertThat(lines.getLast()).isEqualTo("2.0");
  }

  @Test
  void moreElementsThanAnArrayHoldsNameOpAndShape() {
    Tensor column = Tensor.full(DType.FLOAT32, Shape.of(70_000, 1), 0);
    Tensor row = column.transpose(0, 1);
    Tensor huge = Tensor.full(DType.FLOAT32, Shape.of(2_000_000_000), 0);
    Tensor ids = Tensor.full(DType.INT32, Shape.of(70_000), 0);
    String large = "[70000, 70000] has more than 2147483647 elements";
    refused("[matmul] " + large, () -> column.matmul(row));
    refused("[add] " + large, () -> column.add(row));
    refused("[outer] " + large, () -> Vectors.outer(column.reshape(70_000), row.reshape(70_000)));
    refused("[oneHot] " + large, () -> Rows.oneHot(DType.FLOAT32, ids, 70_000));
    refused("[gather] " + large, () -> Rows.gather(row, ids));
    refused(
        "[concat] axis 0 would be 4000000000 long: [2000000000] x [2000000000]",
        () -> Join.concat(0, List.of(huge, huge)));
    refused(
        "[pad] [70000, 1000000] has more than 2147483647 elements",
        () -> Join.pad(column, 1, 0, 1_000_000));
  }

  private static void refused(String message, Supplier<Tensor> call) {
    assertThatThrownBy(call::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anArrayLongerThanTheMachineAllowsIsRefused() {
    assertThatThrownBy(() -> Tensor.zeros(DType.FLOAT64, Shape.of(Integer.MAX_VALUE)))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageStartingWith("[zeros] float64 [2147483647] does not fit into memory")
        .hasMessageContaining("-Xmx");
  }
}
