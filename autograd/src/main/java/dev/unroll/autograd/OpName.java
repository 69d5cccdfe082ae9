package dev.unroll.autograd;

import java.util.Locale;

/** The default names of operations, cached by class. */
final class OpName extends ClassValue<String> {
  static final OpName OF_CLASS = new OpName();

  private OpName() {}

  @Override
  protected String computeValue(Class<?> op) {
    String name = op.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
