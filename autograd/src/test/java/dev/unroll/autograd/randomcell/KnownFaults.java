package dev.unroll.autograd.randomcell;

import java.util.List;
import java.util.regex.Pattern;

/** Differences that are known and not mended yet. This list shrinks to nothing. */
final class KnownFaults {
  private KnownFaults() {}

  /**
   * A kind of difference.
   *
   * @param fault what is wrong
   * @param shows what the difference begins with
   */
  private record Fault(String fault, Pattern shows) {}

  private static final List<Fault> ALL =
      List.of(fault("sessions whose input is not read, or read by other than tables", "session"));

  private static Fault fault(String fault, String shows) {
    return new Fault(fault, Pattern.compile(shows, Pattern.DOTALL));
  }

  static boolean contains(Difference d) {
    return ALL.stream().anyMatch(f -> f.shows.matcher(d.toString()).lookingAt());
  }
}
