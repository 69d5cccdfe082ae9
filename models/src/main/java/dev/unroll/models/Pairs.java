package dev.unroll.models;

import java.util.List;
import java.util.Objects;

/** Checks lists that belong together. */
final class Pairs {
  private Pairs() {}

  /** Checks that two lists have as many elements. */
  static void check(String where, String first, List<?> a, String second, List<?> b) {
    Objects.requireNonNull(a, first);
    Objects.requireNonNull(b, second);
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(
          "["
              + where
              + "] expected as many "
              + second
              + " as "
              + first
              + ", got "
              + b.size()
              + " and "
              + a.size());
    }
  }
}
