package dev.unroll.layers.recurrent;

import dev.unroll.layers.Init;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What every cell promises, checked on one of yours: that its shapes are what it says, that its
 * gradients are right, that it unrolls like any other, and that it can be saved. It needs no test
 * framework:
 *
 * <pre>{@code
 * assertThat(CellContract.violations(init -> MyCell.of(3, 4, init))).isEmpty();
 * }</pre>
 */
public final class CellContract {
  private static final RandomKey KEY = RandomKey.of(0x6365_6c6c);

  private CellContract() {}

  /**
   * Checks a cell in float32 and float64: gradients against finite differences over three steps, by
   * inputs, initial state and every parameter; the laws of unrolling; that the same key gives the
   * same numbers; that saved values make an equal cell.
   *
   * @param factory makes a small cell, so that the differences do not take long; called several
   *     times
   * @return a sentence for each promise that is broken; none if the cell is right
   */
  public static List<String> violations(Function<Init, ? extends Cell<?>> factory) {
    List<String> found = new ArrayList<>();
    for (DType type : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Init init = new Init(type, KEY);
      check(found, () -> CellShapes.of(factory.apply(init), type));
      if (found.isEmpty()) { // Else nothing further can be expected to work.
        if (type == DType.FLOAT64) {
          check(found, () -> CellGradients.of(factory.apply(init)));
        }
        check(found, () -> CellLaws.of(factory.apply(init), type));
        check(found, () -> saved(factory, init));
      }
    }
    return found;
  }

  /** A promise. */
  private interface Check {
    List<String> violations();
  }

  private static void check(List<String> found, Check check) {
    List<String> sentences;
    try {
      sentences = check.violations();
    } catch (RuntimeException e) {
      sentences = List.of("It throws " + e + ".");
    }
    sentences.stream().filter(s -> !found.contains(s)).forEach(found::add);
  }

  private static List<String> saved(Function<Init, ? extends Cell<?>> factory, Init init) {
    Cell<?> cell = factory.apply(init);
    Cell<?> other = factory.apply(init.at("other"));
    try {
      other.load(cell.save()).orThrow();
    } catch (IllegalArgumentException e) {
      return List.of("What it saves cannot be loaded: " + e.getMessage() + ".");
    }
    return CellLaws.sameOutputs(cell, other, init.type())
        ? List.of()
        : List.of("A cell that loads its values puts out others: a parameter is not described.");
  }
}
