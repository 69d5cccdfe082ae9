package dev.unroll.layers.recurrent.foreign;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Activations;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks whether a stack corresponds to one PyTorch module, whose layers have the same kind and
 * size.
 */
final class PyTorchModule {
  /** Activations that agree on these values are considered equal. */
  private static final Tensor PROBE =
      Tensor.of(Shape.of(9), -1000.0, -20.0, -3.0, -0.5, 0.0, 0.5, 3.0, 20.0, 1000.0);

  private PyTorchModule() {}

  /**
   * Checks a stack.
   *
   * @throws IllegalArgumentException if there is no equivalent PyTorch module
   */
  static void check(RecurrentStack stack) {
    List<String> layers = stack.layers().stream().map(PyTorchModule::kind).toList();
    if (layers.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          "[pytorch] expected layers of one kind, size and direction, as in a PyTorch module, got "
              + layers);
    }
  }

  private static String kind(Recurrent<?> layer) {
    return switch (layer) {
      case Bidirectional<?> pair -> both(cell(pair.forward().cell()), cell(pair.backward().cell()));
      case Unroll<?> unroll when !unroll.isBackward() -> cell(unroll.cell());
      case Unroll<?> _ -> throw direction("Unroll, backward");
      default -> throw direction(layer.getClass().getSimpleName());
    };
  }

  private static IllegalArgumentException direction(String got) {
    return new IllegalArgumentException(
        "[pytorch] expected layers in one direction or in both, got " + got);
  }

  private static String both(String forward, String backward) {
    if (!forward.equals(backward)) {
      throw new IllegalArgumentException(
          "[pytorch] expected directions of one kind and size, got "
              + forward
              + " and "
              + backward);
    }
    return forward + " in both directions";
  }

  private static String cell(Cell<?> cell) {
    return switch (cell) {
      case LstmCell c -> lstm(c);
      case GruCell c -> "GRU of " + c.outputSize();
      case RnnCell c -> "RNN (" + nonlinearity(c.activation()) + ") of " + c.outputSize();
      default ->
          throw new IllegalArgumentException(
              "[pytorch] expected an LstmCell, GruCell or RnnCell, got "
                  + cell.getClass().getSimpleName());
    };
  }

  private static String lstm(LstmCell cell) {
    Activations a = cell.activations();
    List<String> other = new ArrayList<>();
    if (!same(a.gate(), Activation.sigmoid())) {
      other.add("gate");
    }
    if (!same(a.candidate(), Activation.tanh())) {
      other.add("candidate");
    }
    if (!same(a.output(), Activation.tanh())) {
      other.add("output");
    }
    if (!other.isEmpty()) {
      throw new IllegalArgumentException(
          "[pytorch] expected an LstmCell with sigmoid, tanh and tanh, got other activations of "
              + other);
    }
    return "LSTM of " + cell.outputSize();
  }

  private static String nonlinearity(Activation activation) {
    if (same(activation, Activation.tanh())) {
      return "tanh";
    }
    if (same(activation, Activation.relu())) {
      return "relu";
    }
    throw new IllegalArgumentException(
        "[pytorch] expected an RnnCell with tanh or relu, got another activation");
  }

  private static boolean same(Activation a, Activation b) {
    Variable x = Variable.of(PROBE);
    return a.apply(x).value().sameBits(b.apply(x).value());
  }
}
