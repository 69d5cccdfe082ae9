package dev.unroll.benchmarks;

/** The unit of a figure. */
public enum Unit {
  /** Of a number of floating-point operations. */
  GFLOPS("GFLOP/s") {
    @Override
    double of(double amount, double nanos) {
      return amount / nanos;
    }
  },
  /** Of a number of bytes. */
  GIGABYTES("GB/s") {
    @Override
    double of(double amount, double nanos) {
      return amount / nanos;
    }
  },
  /** Of a number of bytes of text. */
  TEXT("MB/s") {
    @Override
    double of(double amount, double nanos) {
      return 1e3 * amount / nanos;
    }
  },
  /** Of a number of elements. */
  NANOS_PER_ELEMENT("ns/element") {
    @Override
    double of(double amount, double nanos) {
      return nanos / amount;
    }
  },
  /** Of a number of tokens. */
  TOKENS("tokens/s") {
    @Override
    double of(double amount, double nanos) {
      return 1e9 * amount / nanos;
    }
  },
  /** Of each of a number of steps. */
  MICROS("us") {
    @Override
    double of(double amount, double nanos) {
      return nanos / 1e3 / amount;
    }
  },
  /** Of memory. */
  MEGABYTES("MB") {
    @Override
    double of(double amount, double nanos) {
      throw new UnsupportedOperationException("[bench] memory is not computed from time");
    }
  },
  /** Of the whole. */
  MILLIS("ms") {
    @Override
    double of(double amount, double nanos) {
      return nanos / 1e6;
    }
  };

  private final String text;

  Unit(String text) {
    this.text = text;
  }

  /** Returns the figure for an amount of work that took a time. */
  abstract double of(double amount, double nanos);

  /** Returns whether more is better. */
  boolean isSpeed() {
    return this == GFLOPS || this == GIGABYTES || this == TEXT || this == TOKENS;
  }

  @Override
  public String toString() {
    return text;
  }
}
