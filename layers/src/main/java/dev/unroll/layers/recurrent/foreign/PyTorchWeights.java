package dev.unroll.layers.recurrent.foreign;

import static java.util.stream.Collectors.joining;

import dev.unroll.layers.Activation;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.foreign.ForeignWeights.Weights;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Loads PyTorch's recurrent modules by the names of their {@code state_dict}: all layers of an
 * {@code nn.LSTM}, {@code nn.GRU} or {@code nn.RNN}, in one direction or both, with or without
 * biases.
 *
 * {@snippet class="snippets.CheckTest" region="PyTorchWeights"}
 *
 * <p>{@link #save} is the inverse. Methods throw an {@link IllegalArgumentException} that lists the
 * existing names if one is missing, if a tensor of the module would be unused, or if a shape does
 * not match.
 *
 * @param tensors the tensors by name
 */
public record PyTorchWeights(Map<String, Tensor> tensors) {
  private static final ForeignWeights PYTORCH = ForeignWeights.PYTORCH;
  private static final int MOST_NAMES = 40;

  /** Copies the map. */
  public PyTorchWeights {
    Objects.requireNonNull(tensors, "tensors");
    tensors = Map.copyOf(tensors);
  }

  /**
   * Returns an {@code nn.LSTM}.
   *
   * @param name the name of the module, with or without a trailing dot; empty if all tensors belong
   *     to the module
   */
  public RecurrentStack lstm(String name) {
    return module(name, PYTORCH::lstm);
  }

  /** Returns an {@code nn.GRU}. */
  public RecurrentStack gru(String name) {
    return module(name, PYTORCH::gru);
  }

  /**
   * Returns an {@code nn.RNN}.
   *
   * @param activation tanh, or relu, according to its {@code nonlinearity}, which the file does not
   *     contain
   */
  public RecurrentStack rnn(String name, Activation activation) {
    return module(name, (w, u, biases) -> PYTORCH.rnn(activation, w, u, biases));
  }

  /** Returns an {@code nn.Linear}, whose weight {@code [O, I]} is transposed. */
  public Linear linear(String name) {
    String bias = path(name, "bias");
    Tensor weight = get(path(name, "weight"));
    return tensors.containsKey(bias)
        ? named(List.of(path(name, "weight"), bias), () -> PYTORCH.linear(weight, get(bias)))
        : named(List.of(path(name, "weight")), () -> PYTORCH.linear(weight));
  }

  /** Creates a layer; errors name the tensors. */
  private static <T> T named(List<String> names, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; the tensors are " + String.join(", ", names), e);
    }
  }

  /** Creates the cell of one layer. */
  private interface Maker<S extends State<S>> {
    Cell<S> cell(Tensor w, Tensor u, Tensor... biases);
  }

  private <S extends State<S>> RecurrentStack module(String name, Maker<S> maker) {
    List<Recurrent<?>> layers = new ArrayList<>();
    Set<String> left = new TreeSet<>(tensors.keySet());
    left.removeIf(n -> !n.startsWith(path(name, "")));
    boolean both = tensors.containsKey(path(name, "weight_ih_l0_reverse"));
    int width = 0;
    do {
      String layer = "_l" + layers.size();
      Unroll<S> forward = Unroll.of(cell(name, layer, maker, left));
      Recurrent<?> recurrent =
          both
              ? new Bidirectional<>(
                  forward, Unroll.backward(cell(name, layer + "_reverse", maker, left)))
              : forward;
      int reads = forward.cell().inputSize();
      if (!layers.isEmpty() && reads != width) {
        throw new IllegalArgumentException(
            "[pytorch] expected layer " + layer + " to read " + width + " columns, got " + reads);
      }
      if (!layers.isEmpty() && recurrent.outputSize() != width) {
        throw new IllegalArgumentException(
            "[pytorch] expected all layers to have as many units as the first, got "
                + forward.cell().outputSize()
                + " in layer "
                + layer);
      }
      width = recurrent.outputSize();
      layers.add(recurrent);
    } while (tensors.containsKey(path(name, "weight_ih_l" + layers.size())));
    checkLeft(name, layers.size(), left);
    checkBiases(name, layers.size(), both);
    return RecurrentStack.of(layers.toArray(Recurrent<?>[]::new));
  }

  /** Rejects a module in which only some layers have biases. */
  private void checkBiases(String name, int layers, boolean both) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      expected.add(path(name, "bias_ih_l" + i));
      if (both) {
        expected.add(path(name, "bias_ih_l" + i + "_reverse"));
      }
    }
    if (expected.stream().anyMatch(tensors::containsKey)) {
      expected.forEach(this::get);
    }
  }

  /** Rejects tensors of a module that are not used by a layer. */
  private void checkLeft(String name, int layers, Set<String> left) {
    if (left.isEmpty()) {
      return;
    }
    String input = path(name, "weight_ih_l");
    for (String n : left) {
      if (n.startsWith(input)) {
        String layer = n.substring(input.length()).replace("_reverse", "");
        boolean forward = tensors.containsKey(input + layer);
        get(input + (forward && n.endsWith("_reverse") ? "0_reverse" : layers));
      }
    }
    boolean projected = left.stream().anyMatch(n -> n.startsWith(path(name, "weight_hr_l")));
    throw new IllegalArgumentException(
        "[pytorch] expected the weights and biases of a module "
            + (projected ? "without projection" : "alone")
            + ", got also "
            + left);
  }

  private <S extends State<S>> Cell<S> cell(
      String name, String suffix, Maker<S> maker, Set<String> left) {
    List<String> names = new ArrayList<>();
    for (String kind : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
      String full = path(name, kind + suffix);
      boolean optional = kind.equals("bias_ih") && !left.contains(full);
      if (optional && !left.contains(path(name, "bias_hh" + suffix))) {
        break;
      }
      names.add(full);
    }
    Tensor[] all = names.stream().map(this::get).toArray(Tensor[]::new);
    left.removeAll(names);
    return named(
        names,
        () ->
            all.length == 2
                ? maker.cell(all[0], all[1])
                : maker.cell(all[0], all[1], all[2], all[3]));
  }

  private static String path(String module, String name) {
    return module.isEmpty() || module.endsWith(".") ? module + name : module + "." + name;
  }

  private Tensor get(String name) {
    Tensor t = tensors.get(name);
    if (t == null) {
      List<String> names = tensors.keySet().stream().sorted().toList();
      List<String> some = names.subList(0, Math.min(MOST_NAMES, names.size()));
      throw new IllegalArgumentException(
          "[pytorch] there is no \""
              + name
              + "\"; there are: "
              + String.join(", ", some)
              + (names.size() > some.size()
                  ? " and " + (names.size() - some.size()) + " more"
                  : ""));
    }
    return t;
  }

  /**
   * Returns the tensors of a stack for PyTorch's {@code load_state_dict}.
   *
   * @param name the name of the module
   * @param stack layers in one direction or both, whose cells are {@link LstmCell}, {@link GruCell}
   *     or {@link RnnCell}, all of one kind and size, with PyTorch's activations
   * @throws IllegalArgumentException if there is no equivalent PyTorch module
   */
  public static Map<String, Tensor> save(String name, RecurrentStack stack) {
    PyTorchModule.check(stack);
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int i = 0; i < stack.layers().size(); i++) {
      switch (stack.layers().get(i)) {
        case Bidirectional<?> pair -> {
          put(all, name, "_l" + i, pair.forward());
          put(all, name, "_l" + i + "_reverse", pair.backward());
        }
        case Unroll<?> unroll -> put(all, name, "_l" + i, unroll);
        default -> throw new AssertionError("checked before");
      }
    }
    return all;
  }

  /** Returns the tensors of a linear layer. */
  public static Map<String, Tensor> save(String name, Linear layer) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put(path(name, "weight"), layer.weight().value().transpose(0, 1).contiguous());
    all.put(path(name, "bias"), layer.bias().value());
    return all;
  }

  private static void put(Map<String, Tensor> all, String name, String suffix, Unroll<?> unroll) {
    Weights w =
        switch (unroll.cell()) {
          case LstmCell c -> PYTORCH.weights(c);
          case GruCell c -> PYTORCH.weights(c);
          case RnnCell c -> PYTORCH.weights(c);
          default -> throw new AssertionError("checked before");
        };
    all.put(path(name, "weight_ih" + suffix), w.input());
    all.put(path(name, "weight_hh" + suffix), w.recurrent());
    all.put(path(name, "bias_ih" + suffix), w.biasInput());
    all.put(path(name, "bias_hh" + suffix), w.biasRecurrent());
  }

  /** Returns the names and shapes, without the values. */
  @Override
  public String toString() {
    return tensors.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey() + " " + e.getValue().type() + e.getValue().shape())
        .collect(joining(", ", "PyTorchWeights[", "]"));
  }
}
