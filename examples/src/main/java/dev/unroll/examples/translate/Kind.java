package dev.unroll.examples.translate;

/** The tasks that need no data. */
enum Kind {
  reversal,
  dates,
  numbers;

  Notation notation() {
    return switch (this) {
      case reversal -> new Reversal();
      case dates -> new Dates();
      case numbers -> new Numbers();
    };
  }
}
