package dev.unroll.layers.recurrent.check;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks the contract of cells on a custom cell: its shapes are those that it declares, its
 * gradients are correct, it unrolls like any other cell, masked steps have no effect, a call
 * depends only on its arguments, and it can be saved. States may have any rank. It needs no test
 * framework:
 *
 * {@snippet class="snippets.CheckTest" region="CellContract"}
 */
public final class CellContract {
  private static final RandomKey KEY = RandomKey.of(0x6365_6c6c);

  private CellContract() {}

  /**
   * Checks a cell in float32 and float64: gradients with respect to inputs, initial state and every
   * parameter against finite differences over three steps; the laws of unrolling, including
   * sequences of different lengths; that NaN and infinities in masked steps affect neither values
   * nor gradients; that all parameters are described; that the same key gives the same random
   * numbers, regardless of earlier calls, another key different ones, and each sequence of a batch
   * its own; that another seed gives different weights; that saved values restore an equal cell.
   * Inputs are normally distributed. Noise that is the same at each step is not reported, since it
   * may be intended, as in {@code VariationalDropout}.
   *
   * @param factory creates a small cell, so that finite differences are fast, with weights from its
   *     argument; called several times
   * @return a sentence per violation; empty if there is none. If the cell throws, or violates the
   *     contract and reads values in its step, the sentence names the line of its code.
   */
  public static List<String> violations(Function<Init, ? extends Cell<?>> factory) {
    Objects.requireNonNull(factory, "factory");
    List<String> found = new ArrayList<>();
    Set<Class<?>> user = new HashSet<>(Set.of(factory.getClass()));
    for (DType type : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Init init = new Init(type, KEY);
      check(
          found,
          user,
          () -> {
            Cell<?> cell = factory.apply(init);
            user.add(cell.getClass());
            return CellShapes.of(cell, type);
          });
      if (found.isEmpty()) { // Otherwise most of the following checks would report the same cause.
        check(found, user, () -> CellParameters.described(factory.apply(init), type));
        check(found, user, () -> CellCalls.of(() -> factory.apply(init), type));
      }
      boolean goesOn = found.isEmpty();
      if (goesOn && type == DType.FLOAT64) {
        check(found, user, () -> CellPadding.of(factory.apply(init)));
        goesOn = found.stream().noneMatch(s -> s.startsWith(CellPadding.READS));
      }
      if (goesOn) {
        if (type == DType.FLOAT64) {
          check(found, user, () -> CellGradients.of(factory.apply(init)));
        }
        check(found, user, () -> CellLaws.of(factory.apply(init), type));
        check(found, user, () -> CellNoise.drawn(factory.apply(init), type));
        Init another = new Init(type, KEY.fold("another"));
        check(found, user, () -> CellNoise.weights(factory.apply(init), factory.apply(another)));
        check(found, user, () -> saved(factory, init));
      }
    }
    return found;
  }

  /** A check of one promise. */
  private interface Check {
    List<String> violations();
  }

  private static void check(List<String> found, Set<Class<?>> user, Check check) {
    List<String> sentences;
    try {
      sentences = check.violations();
    } catch (RuntimeException | StackOverflowError e) {
      String line = UserCode.line(e, user);
      sentences = List.of("It throws " + e + (line.isEmpty() ? "" : ", at " + line) + ".");
    }
    sentences.stream().filter(s -> !found.contains(s)).forEach(found::add);
  }

  private static List<String> saved(Function<Init, ? extends Cell<?>> factory, Init init) {
    Cell<?> cell = factory.apply(init);
    Cell<?> other = factory.apply(init.at("other"));
    try {
      other.load(cell.save()).orThrow();
    } catch (IllegalArgumentException e) {
      return List.of("Its saved values cannot be loaded: " + e.getMessage() + ".");
    }
    return CellLaws.sameOutputs(cell, other, init.type())
        ? List.of()
        : List.of(
            "A cell that loads the values of another returns different outputs: not all of its values are described.");
  }
}
