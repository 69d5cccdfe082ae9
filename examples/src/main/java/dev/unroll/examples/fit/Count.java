package dev.unroll.examples.fit;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many there are to be: at least 1. */
public final class Count implements ITypeConverter<Integer> {
  /** Called by the command line. */
  public Count() {}

  @Override
  public Integer convert(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Said below, as of the numbers that are too small.
    }
    throw new TypeConversionException("expected a whole number of at least 1, not " + text);
  }
}
