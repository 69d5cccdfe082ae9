package dev.unroll.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the rows of a table come from, for messages. */
final class Origin {
  private final String source;
  private final int[] numbers;

  /**
   * Creates an origin.
   *
   * @param source precedes each number
   * @param numbers lines of a file, or indices of rows
   */
  Origin(String source, int... numbers) {
    this.source = source;
    this.numbers = numbers;
  }

  int rows() {
    return numbers.length;
  }

  static Origin memory(int rows) {
    return new Origin("row ", IntStream.range(0, rows).toArray());
  }

  Origin pick(int... rows) {
    return new Origin(source, Arrays.stream(rows).map(r -> numbers[r]).toArray());
  }

  String of(int row) {
    return source + numbers[row];
  }
}
