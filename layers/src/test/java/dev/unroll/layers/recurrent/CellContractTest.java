package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract holds for every cell, and each way to break it is found. */
class CellContractTest {
  static Stream<String> names() {
    return Subjects.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCellHoldsIt(String name) {
    assertThat(CellContract.violations(init -> Subjects.cell(name, 3, 4, init))).isEmpty();
  }

  /** A cell that can be broken in many ways. */
  private record Broken(String how, RnnCell cell, Parameter idle) implements Cell<Hidden> {
    private static int calls;

    static Broken of(String how, Init init) {
      return new Broken(how, RnnCell.of(3, 4, init), init.zeros(4));
    }

    @Override
    public int inputSize() {
      return 3;
    }

    @Override
    public int outputSize() {
      return how.equals("size") ? 5 : 4;
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return new Hidden(
          Cell.zeros(
              how.equals("type") ? DType.FLOAT32 : type, how.equals("start") ? 1 : batch, 4));
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      Variable h = cell.step(x, s, mode).output();
      switch (how) {
        case "detached" -> h = h.add(s.h().detach());
        case "rows" -> h = h.add(h.sumTo(Shape.of(1, 4)));
        case "counting" -> h = h.affine(1, calls++);
        case "wide" -> {
          return new Step<>(h, new Hidden(Variable.concat(1, h, h)));
        }
        case "throws" -> throw new IllegalStateException("not today");
        case "random" -> {
          if (mode instanceof Mode.Training) {
            double noise = RandomKey.of(System.nanoTime()).unit(0);
            h = h.affine(noise, 0);
          }
        }
        default -> {}
      }
      return new Step<>(h, new Hidden(h));
    }

    @Override
    public void describe(Parts parts) {
      if (!how.equals("undescribed")) {
        parts.layer("cell", cell);
      }
      if (how.equals("idle")) {
        parts.parameter("idle", idle);
      }
    }
  }

  private static List<String> violations(String how) {
    return CellContract.violations(init -> Broken.of(how, init));
  }

  @Test
  void eachBrokenPromiseIsASentence() {
    assertThat(violations("nothing")).isEmpty();
    assertThat(violations("size"))
        .containsExactly("It puts out [3, 4], expected [3, 5]: outputSize().");
    assertThat(violations("type"))
        .contains(
            "A variable of the initial state of 3 sequences is float32 [3, 4], expected float64"
                + " [3, ...].");
    assertThat(violations("start"))
        .contains(
            "A variable of the initial state of 3 sequences is float64 [1, 4], expected float64"
                + " [3, ...].");
    assertThat(violations("wide"))
        .containsExactly("Variable 0 of its state is [3, 4] at first and [3, 8] after a step.");
    assertThat(violations("throws"))
        .containsExactly("It throws java.lang.IllegalStateException: not today.");
    assertThat(violations("detached"))
        .anyMatch(s -> s.startsWith("The gradient by variable 0 of its state, element 0, is "))
        .anyMatch(s -> s.startsWith("The gradient by parameter cell.weightInput, element 0, is "));
    assertThat(violations("rows")).contains("A sequence in a batch is not the sequence alone.");
    assertThat(violations("counting")).contains("Unrolled, it is not the loop over its steps.");
    assertThat(violations("random"))
        .contains("In training, the same key does not give the same numbers.");
    assertThat(violations("idle")).contains("Parameter idle receives no gradient.");
    assertThat(violations("undescribed"))
        .contains("A cell that loads its values puts out others: a parameter is not described.");
  }

  @Test
  void aFixedTypeIsFound() {
    assertThat(CellContract.violations(init -> RnnCell.of(3, 4, Init.seed(1))))
        .contains("Parameter weightInput is float32 where Init asks for float64.");
  }
}
