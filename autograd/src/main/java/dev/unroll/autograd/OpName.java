package dev.unroll.autograd;

import java.util.Locale;

/** The names of operations that say nothing else, made once for each class. */
final class OpName extends ClassValue<String> {
  static final OpName OF_CLASS = new OpName();

  private OpName() {}

  @Override
  protected String computeValue(Class<?> op) {
    String name = op.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
