package dev.unroll.text.read;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the rows of a table: run in a process with a small heap. */
public final class CountRows {
  private CountRows() {}

  /** Prints how many there are. */
  public static void main(String... args) throws Exception {
    try (Stream<Row> rows = Tables.commas().read(Path.of(args[0]))) {
      System.out.println(rows.filter(r -> r.fields().size() == 2).count() + " rows");
    }
  }
}
