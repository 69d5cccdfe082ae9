package dev.unroll.examples.fit;

import dev.unroll.layers.recurrent.cells.Cells;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the name of a cell; an unknown name is rejected before any work begins. */
public final class CellName implements ITypeConverter<String> {
  /** Creates a converter. */
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
