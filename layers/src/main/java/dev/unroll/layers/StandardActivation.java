package dev.unroll.layers;

import dev.unroll.autograd.Variable;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The activations that are functions of a variable: constants, so that they print their name. */
enum StandardActivation implements Activation {
  SIGMOID(Variable::sigmoid),
  TANH(Variable::tanh),
  RELU(Variable::relu),
  IDENTITY(x -> x);

  private final UnaryOperator<Variable> function;

  StandardActivation(UnaryOperator<Variable> function) {
    this.function = function;
  }

  @Override
  public Variable apply(Variable x) {
    return function.apply(x);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
