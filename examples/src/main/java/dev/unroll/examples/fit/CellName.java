package dev.unroll.examples.fit;

import dev.unroll.layers.recurrent.cells.Cells;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a cell; what there is not is refused before any work begins. */
public final class CellName implements ITypeConverter<String> {
  /** Returns a reader of the names of all cells. */
  public CellName() {}

  @Override
  public String convert(String name) {
    List<String> all = Cells.names();
    if (all.contains(name)) {
      return name;
    }
    throw new TypeConversionException(
        "expected one of "
            + String.join(", ", all)
            + ", not "
            + name
            + Spelling.suggest(name, all));
  }
}
