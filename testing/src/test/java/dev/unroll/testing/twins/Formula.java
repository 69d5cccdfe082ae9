package dev.unroll.testing.twins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A line of the table of elementwise operations.
 *
 * @param scalar the formula over {@code float a, b, c, scale, shift}
 * @param vector the same over vectors, or {@code -}
 * @param meaning the sentence for the Javadoc
 */
record Formula(String name, String scalar, String vector, String meaning) {
  static List<Formula> read(Path table) throws IOException {
    return Files.readAllLines(table).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Formula::parse)
        .toList();
  }

  static Formula parse(String line) {
    String[] columns = line.strip().split("\\s{2,}", 4);
    if (columns.length != 4) {
      throw new IllegalArgumentException(
          "expected four columns, two or more spaces apart, got: " + line);
    }
    return new Formula(columns[0], columns[1], columns[2], columns[3]);
  }

  /** Returns the number of operands. */
  int operands() {
    return mentions(scalar, "c") ? 3 : mentions(scalar, "b") ? 2 : 1;
  }

  boolean hasFactors() {
    return mentions(scalar, "(scale|shift)");
  }

  /** Returns whether there is a formula over vectors of a type. */
  boolean isVectorized(String type) {
    return !vector.equals("-") && (type.equals("float") || !vector.contains("Float"));
  }

  /** Returns whether a formula contains a name. */
  static boolean mentions(String formula, String name) {
    return Pattern.compile(String.format(Locale.ROOT, "(?<!\\.)\\b%s\\b(?!\\()", name))
        .matcher(formula)
        .find();
  }
}
