package dev.unroll.testing;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A property that holds for every case that can be drawn. A failing test shows the seed of the case
 * and the smallest case that fails alike.
 *
 * <p>Each day draws other cases. {@code -Dunroll.seed=S} draws the case of a seed first, and {@code
 * -Dunroll.cases=N} another number of them.
 */
public interface Property {
  /** How many cases are usual. */
  int CASES = 80;

  /** Draws a case, and checks it. */
  void check(Choices choices) throws Exception;

  /** Returns the seed of the first case; those of other cases follow it. */
  static long firstSeed() {
    return Long.getLong("unroll.seed", 1_000_000 * LocalDate.now(ZoneOffset.UTC).toEpochDay());
  }

  /** Returns how many cases a test draws. */
  static int cases(int usual) {
    return Integer.getInteger("unroll.cases", usual);
  }

  /** Checks a property on the usual number of cases. */
  static void holds(Property property) {
    holds(CASES, property);
  }

  /**
   * Checks a property.
   *
   * @param usual on how many cases
   */
  static void holds(int usual, Property property) {
    long first = firstSeed();
    int cases = cases(usual);
    for (long seed = first; seed < first + cases; seed++) {
      Optional<FailedCase> failed = FailedCase.of(property, Choices.random(seed));
      if (failed.isPresent()) {
        throw failed.get().report(property, seed);
      }
    }
  }

  /** A case that fails, and what it throws. */
  record FailedCase(Choices choices, Throwable thrown) {
    /** How many smaller cases are tried at most. */
    private static final int ATTEMPTS = 3_000;

    private static Optional<FailedCase> of(Property property, Choices choices) {
      try {
        property.check(choices);
        return Optional.empty();
      } catch (Exception | AssertionError e) {
        return Optional.of(new FailedCase(choices, e));
      }
    }

    private AssertionError report(Property property, long seed) {
      int[] attempts = {0};
      FailedCase smallest =
          Shrinking.smallest(
              this,
              c ->
                  Choices.smaller(c.choices.sequence())
                      .takeWhile(s -> attempts[0]++ < ATTEMPTS)
                      .flatMap(s -> of(property, Choices.repeated(s)).stream())
                      .filter(other -> isLess(other.choices, c.choices)),
              c -> c.thrown.getClass() == thrown.getClass());
      return new AssertionError(
          "-Dunroll.seed=%d: %s%nthe smallest case that fails: %s%n%s"
              .formatted(seed, choices, smallest.choices, smallest.thrown),
          smallest.thrown);
    }

    private static boolean isLess(Choices a, Choices b) {
      List<Integer> x = a.sequence();
      List<Integer> y = b.sequence();
      for (int i = 0; x.size() == y.size() && i < x.size(); i++) {
        if (!x.get(i).equals(y.get(i))) {
          return x.get(i) < y.get(i);
        }
      }
      return x.size() < y.size();
    }
  }
}
