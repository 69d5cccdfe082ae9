package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stack of recurrent layers, each of which reads the outputs of the one below, such as
 * bidirectional ones. To stack cells in one direction use {@link Stacked}, which is a cell itself
 * and can be applied step by step.
 *
 * {@snippet class="snippets.RecurrentTest" region="RecurrentStack"}
 *
 * @param layers from the lowest to the highest
 * @param between dropout of the outputs of each layer but the highest
 */
public record RecurrentStack(List<Recurrent<?>> layers, Dropout between)
    implements Recurrent<Stacked.Levels> {

  /**
   * Copies the list, and checks that each layer fits the one below.
   *
   * @throws IllegalArgumentException if the list is empty, or two layers do not match
   */
  public RecurrentStack {
    Objects.requireNonNull(layers, "layers").forEach(each -> Objects.requireNonNull(each, "layer"));
    Objects.requireNonNull(between, "between");
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("[recurrentStack] expected at least one layer, got none");
    }
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).inputSize() != layers.get(i - 1).outputSize()) {
        throw new IllegalArgumentException(
            "[recurrentStack] expected layer "
                + i
                + " to read inputs of size "
                + layers.get(i - 1).outputSize()
                + ", got "
                + layers.get(i).inputSize());
      }
    }
  }

  /** Returns a stack without dropout, from the lowest layer to the highest. */
  public static RecurrentStack of(Recurrent<?>... layers) {
    return new RecurrentStack(
        Arrays.asList(Objects.requireNonNull(layers, "layers")), new Dropout(0));
  }

  @Override
  public int inputSize() {
    return layers.getFirst().inputSize();
  }

  @Override
  public int outputSize() {
    return layers.getLast().outputSize();
  }

  @Override
  public Stacked.Levels initialState(int batch, DType type) {
    List<State<?>> states = new ArrayList<>();
    layers.forEach(r -> states.add(r.initialState(batch, type)));
    return new Stacked.Levels(states);
  }

  @Override
  public RecurrentStack checkpointed() {
    return mapped(Recurrent::checkpointed);
  }

  @Override
  public RecurrentStack eager() {
    return mapped(Recurrent::eager);
  }

  @Override
  public RecurrentStack from(int time) {
    return mapped(r -> r.from(time));
  }

  private RecurrentStack mapped(UnaryOperator<Recurrent<?>> f) {
    List<Recurrent<?>> all = new ArrayList<>();
    layers.forEach(r -> all.add(f.apply(r)));
    return new RecurrentStack(all, between);
  }

  @Override
  public String explain() {
    return explained(Recurrent::explain);
  }

  @Override
  public String explain(String pass) {
    return explained(r -> r.explain(pass));
  }

  private String explained(Function<Recurrent<?>, String> explanation) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < layers.size(); i++) {
      text.append(i == 0 ? "" : "\n").append("layer ").append(i).append('\n');
      text.append(explanation.apply(layers.get(i)));
    }
    return text.toString();
  }

  @Override
  public Result<Stacked.Levels> apply(Variable x, Stacked.Levels state, Mode mode) {
    return run(x, state, null, mode);
  }

  @Override
  public Result<Stacked.Levels> apply(Variable x, Stacked.Levels state, Tensor mask, Mode mode) {
    return run(x, state, Objects.requireNonNull(mask, "mask"), mode);
  }

  private Result<Stacked.Levels> run(
      Variable x, Stacked.Levels levels, @Nullable Tensor mask, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    List<State<?>> before = Objects.requireNonNull(levels, "state").states();
    if (before.size() != layers.size()) {
      throw new IllegalArgumentException(
          "[recurrentStack] expected " + layers.size() + " states, got " + before.size());
    }
    List<State<?>> after = new ArrayList<>();
    Variable read = x;
    for (int i = 0; i < layers.size(); i++) {
      Mode own = mode.at(String.valueOf(i));
      Variable below = i == 0 ? read : between.apply(read, own.at("between"));
      Result<?> r = read(layers.get(i), below, before.get(i), mask, own);
      read = r.outputs();
      after.add(r.state());
    }
    return new Result<>(read, new Stacked.Levels(after));
  }

  /** The only place where the type of a state is not known statically. */
  @SuppressWarnings("unchecked")
  private static <S extends State<S>> Result<S> read(
      Recurrent<S> layer, Variable x, State<?> state, @Nullable Tensor mask, Mode mode) {
    try {
      return mask == null ? layer.apply(x, (S) state, mode) : layer.apply(x, (S) state, mask, mode);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "[recurrentStack] "
              + state.getClass().getSimpleName()
              + " is not the state of "
              + layer.getClass().getSimpleName(),
          e);
    }
  }

  @Override
  public void describe(Parts parts) {
    for (int i = 0; i < layers.size(); i++) {
      parts.layer(String.valueOf(i), layers.get(i));
    }
  }
}
