package dev.unroll.testing;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a case that fails smaller for as long as it still fails. */
public final class Shrinking {
  private Shrinking() {}

  /**
   * Returns a case that fails, and no case that is a step smaller does.
   *
   * @param failing a case that fails
   * @param smaller returns the cases that are a step smaller than another, the most promising
   *     first; following it must end
   * @param fails whether a case fails in the way of the first one
   */
  public static <T> T smallest(
      T failing, Function<T, Stream<T>> smaller, Predicate<? super T> fails) {
    T smallest = failing;
    Optional<T> next = Optional.of(failing);
    while (next.isPresent()) {
      smallest = next.get();
      next = smaller.apply(smallest).filter(fails).findFirst();
    }
    return smallest;
  }
}
