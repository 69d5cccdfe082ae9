package dev.unroll.examples;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the whole numbers of the command line, which all say how many: at least 1. */
final class Count implements ITypeConverter<Integer> {
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
