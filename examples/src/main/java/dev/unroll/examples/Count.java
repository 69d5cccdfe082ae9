package dev.unroll.examples;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses an integer option: a size or a count, from 1 to the limit of the option.
 *
 * @param most the largest value
 */
record Count(int most) implements ITypeConverter<Integer> {
  private static final int LENGTH = 1_000_000;
  private static final int UPDATES = 1_000_000_000;

  /**
   * The limit of each option: far beyond practical use, but such that products of sizes fit into an
   * int and a model is built within reasonable time.
   */
  private static final Map<String, Integer> LIMITS =
      Map.ofEntries(
          Map.entry("--ahead", 10_000),
          Map.entry("--batch", 10_000),
          Map.entry("--beam", 1000),
          Map.entry("--checkpoint", UPDATES),
          Map.entry("--delay", 10_000),
          Map.entry("--embedding", 4096),
          Map.entry("--epochs", LENGTH),
          Map.entry("--hidden", 2048),
          Map.entry("--horizons", 10_000),
          Map.entry("--kills", LENGTH),
          Map.entry("--layers", 100),
          Map.entry("--length", LENGTH),
          Map.entry("--lengths", 10_000),
          Map.entry("--names", LENGTH),
          Map.entry("--season", LENGTH),
          Map.entry("--size", 2048),
          Map.entry("--smooth", LENGTH),
          Map.entry("--steps", UPDATES),
          Map.entry("--threads", 1024),
          Map.entry("--top-k", Integer.MAX_VALUE),
          Map.entry("--vocabulary", LENGTH),
          Map.entry("--window", 100_000),
          Map.entry("--windows", 10_000));

  /**
   * Returns the limit of an option.
   *
   * @throws NullPointerException if the option has none; every integer option must have one
   */
  static int most(String option) {
    return Objects.requireNonNull(LIMITS.get(option), () -> option + " has no limit");
  }

  /** Applies the limits to the integer options of a command. */
  static void limit(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      if (!option.inherited()) {
        command.remove(option);
        command.addOption(
            isCount(option)
                ? option.toBuilder().converters(new Count(most(option.longestName()))).build()
                : option);
      }
    }
  }

  private static boolean isCount(OptionSpec option) {
    Class<?> type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
    return type == int.class || type == Integer.class;
  }

  @Override
  public Integer convert(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1 && count <= most) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Reported below, like numbers out of range.
    }
    throw new TypeConversionException(
        "expected a whole number from 1 to " + most + ", not " + text);
  }
}
