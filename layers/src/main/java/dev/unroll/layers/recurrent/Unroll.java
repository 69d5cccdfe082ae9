package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Masks;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cell applied at every step of a sequence, with the same weights: {@code [B, T, I] -> [B, T,
 * H]}. Sequences of one batch may have different lengths: after the end of a sequence its outputs
 * are 0, and its final state is that of its last step.
 *
 * <p>What a masked step holds, NaN and infinities included, changes neither a value nor a gradient,
 * for any cell whose own steps have finite gradients: in its place the cell computes the first step
 * of the sequence once more, and the result is discarded. The gradient by a masked input is 0.
 *
 * @param <S> the state of the cell
 */
public final class Unroll<S extends State<S>> implements Recurrent {
  private final Cell<S> cell;
  private final Scan scan;
  private final boolean backward;
  private final boolean hooked;
  private final int offset;

  private Unroll(Cell<S> cell, Scan scan, boolean backward, boolean hooked, int offset) {
    this.cell = Objects.requireNonNull(cell, "cell");
    this.scan = scan;
    this.backward = backward;
    this.hooked = hooked;
    this.offset = offset;
  }

  /** Returns the cell unrolled from the first step to the last. */
  public static <S extends State<S>> Unroll<S> of(Cell<S> cell) {
    return new Unroll<>(cell, Scan.forward(), false, false, 0);
  }

  /** Returns the cell unrolled from the last step (of each sequence) to the first. */
  public static <S extends State<S>> Unroll<S> backward(Cell<S> cell) {
    return new Unroll<>(cell, Scan.backward(), true, false, 0);
  }

  /**
   * Returns the same, for long sequences: memory for the backward pass grows as the square root of
   * T, the forward pass runs twice, and gradients are equal to the bit. See {@link
   * Scan#checkpointed}.
   */
  public Unroll<S> checkpointed() {
    return new Unroll<>(cell, scan.checkpointed(), backward, hooked, offset);
  }

  /**
   * Returns the same with a hook on the gradients by the state after each step, its variables
   * numbered in the order of {@link State#map}: see {@link dev.unroll.autograd.scan.GradientNorms}.
   */
  public Unroll<S> onGradient(Scan.Hook hook) {
    return new Unroll<>(cell, scan.onGradient(hook), backward, true, offset);
  }

  /** Returns the same without a plan, each step applied by itself: see {@link Scan#eager}. */
  public Unroll<S> eager() {
    return new Unroll<>(cell, scan.eager(), backward, hooked, offset);
  }

  /**
   * Returns how the last run was planned: what was hoisted out of the loop, merged and fused, and
   * the bytes that each step keeps for the way back. See {@link Scan#explain}.
   */
  public String explain() {
    return scan.explain();
  }

  /**
   * Returns the same for a part of longer sequences, whose first step is step {@code time}.
   *
   * @throws IllegalArgumentException if {@code time} is negative
   */
  public Unroll<S> from(int time) {
    if (time < 0) {
      throw new IllegalArgumentException("[unroll] expected a time of at least 0, got " + time);
    }
    return new Unroll<>(cell, scan, backward, hooked, time);
  }

  /**
   * What comes out.
   *
   * @param outputs of every step, {@code [B, T, H]}, in the order of time
   * @param state after the step that was taken last
   */
  public record Result<S extends State<S>>(Variable outputs, S state) {}

  /**
   * Opens a session: the cell is applied step by step, as inputs {@code [B, I]} come in, and puts
   * out {@code [B, H]}. It runs in evaluation mode, with one snapshot of the cell's parameters.
   *
   * @param batch B, how many sequences advance together; a batch of 0 is one of nothing
   * @param type of inputs and outputs, which is that of the weights
   * @throws IllegalArgumentException if the batch is below 0, the type is another one, or the cell
   *     cannot be planned; the message says why
   */
  public Session open(int batch, DType type) {
    checkSession(batch, Objects.requireNonNull(type, "type"));
    return snapshot().call(() -> opened(batch, type));
  }

  private void checkSession(int batch, DType type) {
    if (batch < 0) {
      throw new IllegalArgumentException(
          "[unroll] expected a session of at least 0 sequences, got " + batch);
    }
    List<DType> weights =
        cell.parameters().values().stream().map(Parameter::type).distinct().toList();
    if (!type.isFloating() || !(weights.isEmpty() || weights.contains(type))) {
      throw new IllegalArgumentException(
          "[unroll] expected a session in "
              + (weights.size() == 1
                  ? weights.getFirst() + ", the type of the weights"
                  : "float32 or float64")
              + ", got "
              + type);
    }
  }

  private Session opened(int batch, DType type) {
    S state = InnerCell.initialState(cell, batch, type);
    Scan.Body body =
        (now, carried, time) -> result(step(now.getFirst(), carried, state, Mode.evaluation()));
    return scan.open(body, Shape.of(batch, cell.inputSize()), type, state.variables());
  }

  /** Returns the cell. */
  public Cell<S> cell() {
    return cell;
  }

  /** Returns whether the last step is taken first. */
  public boolean isBackward() {
    return backward;
  }

  /** Unrolls over whole sequences, from the cell's initial state. */
  public Result<S> apply(Variable x, Mode mode) {
    return apply(x, start(x), mode);
  }

  /**
   * Unrolls over whole sequences.
   *
   * @param x {@code [B, T, I]}
   * @param state carried into the first step
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public Result<S> apply(Variable x, S state, Mode mode) {
    S start = checked(state, check(x));
    return run(timeMajor(x), null, start, mode);
  }

  /**
   * Unrolls over sequences of different lengths.
   *
   * @param x {@code [B, T, I]}; after the end of a sequence it may hold anything
   * @param lengths the number of valid steps of each sequence, 0 to T, in any order
   * @throws IllegalArgumentException if there is not one length for each sequence, or one is
   *     outside
   */
  public Result<S> apply(Variable x, S state, int[] lengths, Mode mode) {
    Tensor mask = Lengths.mask("unroll", check(x), x.type(), lengths);
    return apply(x, state, mask, mode);
  }

  /**
   * Unrolls over sequences with holes: where the mask is 0 no step is taken, the state stays and
   * the output is 0.
   *
   * @param x {@code [B, T, I]}; in holes it may hold anything
   * @param mask 0 and 1, {@code [B, T]}, of any type
   * @throws IllegalArgumentException if the shapes do not fit, or the mask holds other numbers
   */
  public Result<S> apply(Variable x, S state, Tensor mask, Mode mode) {
    Shape shape = check(x);
    Tensor valid = Masks.checked("unroll", mask, shape.without(-1)).to(x.type());
    checked(state, shape);
    Padding padding = Padding.of(valid, backward);
    if (padding == null) {
      run(timeMajor(x.slice(1, 0, 0)), null, state, mode); // It says if the state does not fit.
      Shape outputs = Shape.of(shape.dim(0), shape.dim(1), outputSize());
      return new Result<>(Variable.of(Tensor.zeros(x.type(), outputs)), state);
    }
    return run(padding.inputs(x), padding, state, mode);
  }

  /** Returns the cell's initial state for a batch of sequences. */
  S start(Variable x) {
    return InnerCell.initialState(cell, check(x).dim(0), x.type());
  }

  @Override
  public int outputSize() {
    return cell.outputSize();
  }

  @Override
  public Variable outputs(Variable x, int[] lengths, Mode mode) {
    S start = start(x);
    // Where no sequence is shorter there is nothing to mask.
    boolean full =
        Arrays.stream(Objects.requireNonNull(lengths, "lengths"))
            .allMatch(n -> n == x.shape().dim(1));
    return full && lengths.length == x.shape().dim(0)
        ? apply(x, start, mode).outputs()
        : apply(x, start, lengths, mode).outputs();
  }

  private Result<S> run(Variable x, @Nullable Padding padding, S state, Mode mode) {
    Objects.requireNonNull(mode, "mode");
    List<Variable> given = state.variables();
    List<Variable> inputs = new ArrayList<>(List.of(x));
    if (padding != null) {
      inputs.add(padding.mask());
      inputs.add(padding.next());
    }
    Mode.Training noisy = mode instanceof Mode.Training t && cell.noise() > 0 ? t : null;
    if (noisy != null) {
      inputs.add(Variable.of(Noise.of(noisy.key(), offset, x, cell.noise())));
    }
    Taking<S> taking =
        (now, read) -> {
          Mode own = noisy == null ? mode : noisy.withNoise(now.getLast());
          return step(now.getFirst(), read, state, own);
        };
    Scan.Result r =
        padding == null
            ? scan.run((now, c, time) -> result(taking.step(now, c)), inputs, given, offset)
            : masked(padding, taking, inputs, given);
    List<Variable> last = r.carried().subList(0, given.size());
    return new Result<>(r.outputs().getFirst().permute(1, 0, 2), state.with(last));
  }

  /** A step of the cell from a state that is read. */
  private interface Taking<S extends State<S>> {
    Step<S> step(List<Variable> now, List<Variable> read);
  }

  /**
   * Runs steps some of which are masked. Beside the state, what the next step reads is carried: a
   * plan makes both at once, where a selection before each step would be one more task of the loop.
   * A hook sees the gradient by the state, all of which has to pass there: then it is not.
   */
  private Scan.Result masked(
      Padding padding, Taking<S> taking, List<Variable> inputs, List<Variable> given) {
    int n = given.size();
    List<Variable> initial = padding.initial(given);
    List<Variable> start = new ArrayList<>(given);
    boolean ahead = !hooked && !padding.isLeading();
    if (ahead) {
      Variable first =
          padding.mask().select(0, backward ? inputs.getFirst().shape().dim(0) - 1 : 0);
      start.addAll(padding.read(first, given, given, initial, given));
    }
    Scan.Body body =
        (now, carried, time) -> {
          List<Variable> kept = carried.subList(0, n);
          List<Variable> read =
              ahead
                  ? carried.subList(n, 2 * n)
                  : padding.isLeading()
                      ? kept
                      : padding.read(now.get(1), kept, given, initial, kept);
          Scan.Result taken = blend(now.get(1), taking.step(now, read), read, kept);
          if (!ahead) {
            return taken;
          }
          List<Variable> after = new ArrayList<>(taken.carried());
          after.addAll(padding.read(now.get(2), taken.carried(), given, initial, read));
          return new Scan.Result(taken.outputs(), after);
        };
    return scan.run(body, inputs, start, offset);
  }

  /** Takes one step, and checks that it returns what it was given. */
  private Step<S> step(Variable x, List<Variable> read, S like, Mode mode) {
    Step<S> step = InnerCell.step(cell, x, like.with(read), mode);
    expect("the output", x.type(), Shape.of(x.shape().dim(0), outputSize()), step.output());
    List<Variable> after = step.state().variables();
    if (after.size() != read.size()) {
      throw new IllegalArgumentException(
          "[unroll] expects a step to return a state of "
              + read.size()
              + " variables, got "
              + after.size());
    }
    for (int i = 0; i < after.size(); i++) {
      Variable before = read.get(i);
      expect("variable " + i + " of the state", before.type(), before.shape(), after.get(i));
    }
    return step;
  }

  private static void expect(String what, DType type, Shape shape, @Nullable Variable v) {
    if (v == null || v.type() != type || !v.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "[unroll] expects "
              + what
              + " after a step to be "
              + type
              + " "
              + shape
              + ", got "
              + (v == null ? "null" : v.type() + " " + v.shape()));
    }
  }

  private static Scan.Result result(Step<?> step) {
    return new Scan.Result(List.of(step.output()), step.state().variables());
  }

  /** A masked row keeps its state and outputs 0. */
  private static Scan.Result blend(
      Variable mask, Step<?> step, List<Variable> read, List<Variable> carried) {
    List<Variable> after = new ArrayList<>();
    List<Variable> stepped = step.state().variables();
    for (int i = 0; i < stepped.size(); i++) {
      Variable v = stepped.get(i);
      Variable stays = carried.get(i);
      after.add(v == read.get(i) ? stays : v.where(State.column(mask, v), stays));
    }
    // An output that is a state variable follows it, so that gradients add up as without a mask.
    int same = stepped.indexOf(step.output());
    Variable output = same >= 0 ? after.get(same) : step.output();
    Variable zero = Variable.scalar(output.type(), 0);
    return new Scan.Result(List.of(output.where(mask, zero)), after);
  }

  /**
   * Unrolls over sequences of different lengths, and returns the state after every step: each of
   * its variables is {@code [B, T, ...]}, 0 behind the end of a sequence.
   *
   * @throws IllegalArgumentException as {@link #apply(Variable, State, int[], Mode)} does
   */
  public S states(Variable x, S state, int[] lengths, Mode mode) {
    if (Objects.requireNonNull(state, "state").variables().isEmpty()) {
      return state;
    }
    Variable all =
        new Unroll<>(new StateOutput<>(cell), scan, backward, hooked, offset)
            .apply(x, state, lengths, mode)
            .outputs();
    return StateOutput.split(all, state);
  }

  private Shape check(Variable x) {
    Shape s = Objects.requireNonNull(x, "x").shape();
    if (s.rank() != 3 || s.dim(2) != cell.inputSize()) {
      throw new IllegalArgumentException(
          "[unroll] expects [B, T, " + cell.inputSize() + "], given " + s);
    }
    if (!x.type().isFloating()) {
      throw new IllegalArgumentException(
          "[unroll] expected inputs in float32 or float64, got " + x.type() + " " + s);
    }
    return s;
  }

  private static <S extends State<S>> S checked(S state, Shape x) {
    for (Variable v : Objects.requireNonNull(state, "state").variables()) {
      if (v == null || v.shape().rank() == 0 || v.shape().dim(0) != x.dim(0)) {
        throw new IllegalArgumentException(
            "[unroll] expects a state of "
                + x.dim(0)
                + " sequences, given "
                + (v == null ? "null" : v.shape()));
      }
    }
    return state;
  }

  private static Variable timeMajor(Variable x) {
    return x.permute(1, 0, 2);
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("cell", cell);
  }
}
