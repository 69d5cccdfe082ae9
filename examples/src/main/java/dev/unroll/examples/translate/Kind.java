package dev.unroll.examples.translate;

/** What can be learned without data. */
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
