package dev.unroll.layers.recurrent.check;

import java.util.Set;

/** Finds the line of a user's code in a stack trace. */
final class UserCode {
  private static final Set<String> LIBRARY =
      Set.of("java.", "javax.", "jdk.", "sun.", "dev.unroll.");

  private UserCode() {}

  /**
   * Returns the line of the user's code from which an exception originates, or nothing.
   *
   * @param classes known classes of the user: a cell, a factory
   */
  static String line(Throwable thrown, Set<Class<?>> classes) {
    for (StackTraceElement f : thrown.getStackTrace()) {
      if (f.getClassName().equals(CellContract.class.getName())) {
        break; // The caller of the check is not the cause.
      }
      String file = outermost(f.getClassName());
      boolean named = classes.stream().anyMatch(c -> outermost(c.getName()).equals(file));
      if (named || LIBRARY.stream().noneMatch(file::startsWith)) {
        return f.getClassName()
            + "."
            + f.getMethodName()
            + "("
            + f.getFileName()
            + ":"
            + f.getLineNumber()
            + ")";
      }
    }
    return "";
  }

  private static String outermost(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }
}
