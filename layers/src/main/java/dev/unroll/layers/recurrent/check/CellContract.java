package dev.unroll.layers.recurrent.check;

import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The promises of every cell, checked on a custom one: its shapes are those that it declares, its
 * gradients are right, it unrolls like any other cell, masked steps change nothing, a call depends
 * on its arguments alone, and it can be saved. States may have any rank. It needs no test
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
   * inputs, initial state and every parameter; the laws of unrolling, for sequences of different
   * lengths too; that NaN and infinities in masked steps change neither a value nor a gradient;
   * that all parameters are described; that the same key gives the same numbers, whatever was
   * called before, another key others, and each sequence of a batch its own; that another seed
   * gives other weights; that saved values make an equal cell. Inputs are normal numbers, above and
   * below 0. Noise that is the same at each step is not reported: it may be intended, as in {@code
   * VariationalDropout}.
   *
   * @param factory makes a small cell, so that the differences do not take long, with weights from
   *     its argument; called several times
   * @return a sentence for each promise that is broken; none if the cell is right. If the cell
   *     throws, or is wrong and reads values in its step, the sentence names the line of its code.
   */
  public static List<String> violations(Function<Init, ? extends Cell<?>> factory) {
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
      if (found.isEmpty()) { // Else the same cause would be reported by most of what follows.
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

  /** A promise. */
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
      return List.of("What it saves cannot be loaded: " + e.getMessage() + ".");
    }
    return CellLaws.sameOutputs(cell, other, init.type())
        ? List.of()
        : List.of(
            "A cell that loads the values of another gives other outputs: not all of its values are"
                + " described.");
  }
}
