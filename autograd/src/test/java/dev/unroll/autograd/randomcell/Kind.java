package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind of expression that a random cell may contain: primitives of {@link Variable}, and
 * composites whose operands must be bounded or positive.
 *
 * @param arity how many operands it takes
 * @param weight how often it is drawn, relative to others
 */
record Kind(String name, int arity, int weight, Maker maker) {

  /**
   * An expression with its attributes.
   *
   * @param code Java, with {@code $0}, {@code $1} for the operands
   */
  record Call(String code, Function<Variable[], Variable> apply) {}

  /** Chooses attributes; returns null where the operands do not fit. */
  interface Maker {
    @Nullable Call of(Attributes a, Operand... in);
  }

  /** All kinds; generated cells contain each of them. */
  static final List<Kind> ALL =
      Stream.of(PointwiseKinds.ALL, ViewKinds.ALL, ReductionKinds.ALL, ProductKinds.ALL)
          .flatMap(List::stream)
          .toList();

  static Kind named(String name) {
    return ALL.stream().filter(k -> k.name.equals(name)).findFirst().orElseThrow();
  }

  /** Returns the call for some operands, or null where they do not fit. */
  @Nullable Call call(long seed, int version, Operand... in) {
    return maker.of(new Attributes(seed, version), in);
  }

  static Kind kind(String name, int arity, int weight, Maker maker) {
    return new Kind(name, arity, weight, maker);
  }

  /** Returns a kind that takes floating-point operands only. */
  static Kind floating(String name, int arity, int weight, Maker maker) {
    return kind(
        name,
        arity,
        weight,
        (a, in) -> Arrays.stream(in).allMatch(Operand::isFloating) ? maker.of(a, in) : null);
  }

  static Call call(Function<Variable[], Variable> apply, String code, Object... attributes) {
    return new Call(String.format(Locale.ROOT, code, attributes), apply);
  }
}
