package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.Locale;

/** The activations that are functions of a variable: constants, so that they print their name. */
enum StandardActivation implements Activation {
  SIGMOID {
    @Override
    public Variable apply(Variable x) {
      return x.sigmoid();
    }
  },
  TANH {
    @Override
    public Variable apply(Variable x) {
      return x.tanh();
    }
  },
  RELU {
    @Override
    public Variable apply(Variable x) {
      return x.relu();
    }
  },
  IDENTITY {
    @Override
    public Variable apply(Variable x) {
      return x;
    }
  };

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
