package dev.unroll.layers.recurrent.check;

import java.util.Set;

/** Finds the line of a user's code in a stack trace. */
final class UserCode {
  private static final Set<String> LIBRARY =
      Set.of("java.", "javax.", "jdk.", "sun.", "dev.unroll.");

  private UserCode() {}

  /**
   * Returns where something was thrown, as far as it is the user's code, or nothing.
   *
   * @param classes of the user, wherever they are: a cell, a factory
   */
  static String line(Throwable thrown, Set<Class<?>> classes) {
    for (StackTraceElement f : thrown.getStackTrace()) {
      if (f.getClassName().equals(CellContract.class.getName())) {
        break; // Whoever asks for the check is not to blame.
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
