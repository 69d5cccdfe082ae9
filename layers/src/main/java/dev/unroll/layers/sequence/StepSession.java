package dev.unroll.layers.sequence;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Block;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Opens sessions of models: a front, cells and a head, applied to one step at a time.
 *
 * @param front reads each step by itself
 * @param head maps the output of the cells
 */
record StepSession(Block front, Stacked cells, UnaryOperator<Variable> head) {

  /** Opens a session of a model with one output per step. */
  static Session open(ManyToMany model, Shape input, DType type) {
    Stacked cells = new Stacked(cells(model.recurrent()));
    Block each = stepwise("head", model.head());
    UnaryOperator<Variable> head = y -> perStep(each, y);
    return new StepSession(model.front(), cells, head).start(model, input, type);
  }

  /** Opens a session of a model with one output, that of the steps so far. */
  static Session open(ManyToOne model, Shape input, DType type) {
    List<Cell<?>> cells = new ArrayList<>(cells(model.recurrent()));
    cells.add(model.pooling().running(model.recurrent().outputSize()));
    UnaryOperator<Variable> head = y -> model.head().apply(y, Mode.evaluation());
    return new StepSession(model.front(), new Stacked(cells), head).start(model, input, type);
  }

  private Session start(Layer model, Shape input, DType type) {
    Objects.requireNonNull(type, "type");
    if (Objects.requireNonNull(input, "input").rank() == 0) {
      throw new IllegalArgumentException("[session] expected inputs [B, ...] of a step, got []");
    }
    Block reads = stepwise("front", front);
    return model
        .snapshot()
        .call(() -> {
          Stacked.Levels start = cells.initialState(input.dim(0), stateType(model, type));
          Scan.Body body =
              (now, carried, time) -> {
                Variable x = perStep(reads, now.getFirst());
                Step<Stacked.Levels> step =
                    InnerCell.step(cells, x, start.with(carried), Mode.evaluation());
                Variable y = head.apply(step.output());
                return new Scan.Result(List.of(y), step.state().variables());
              };
          return Scan.forward().open(body, input, type, start.variables());
        });
  }

  /** Returns the type of the weights; without weights, that of the inputs. */
  private static DType stateType(Layer model, DType input) {
    return model.parameters().values().stream()
        .map(Parameter::type)
        .findFirst()
        .orElse(input.isFloating() ? input : DType.FLOAT32);
  }

  /** Returns a block that reads each step by itself. */
  private static Block stepwise(String part, Block block) {
    if (combines(block)) {
      throw new IllegalArgumentException(
          "[session] expected a "
              + part
              + " that reads each step by itself, got "
              + block
              + ", which combines several");
    }
    return block;
  }

  private static boolean combines(Block block) {
    return switch (block) {
      case Sequential s -> s.blocks().stream().anyMatch(StepSession::combines);
      case SequenceBlock s -> true;
      default -> false;
    };
  }

  /**
   * Applies a block of sequences {@code [B, T, ...]} to a step {@code [B, ...]}. Ids have no time
   * axis: a planned step does not reshape integers.
   */
  private static Variable perStep(Block block, Variable x) {
    if (x.type().isFloating()) {
      Variable y = block.apply(x.reshape(x.shape().insert(1, 1)), Mode.evaluation());
      return y.reshape(y.shape().without(1));
    }
    Variable read = x;
    if (block instanceof Sequential s) {
      for (Block each : s.blocks()) {
        read = perStep(each, read);
      }
      return read;
    }
    return block.apply(x, Mode.evaluation());
  }

  private static List<Cell<?>> cells(Recurrent<?> recurrent) {
    return switch (recurrent) {
      case Unroll<?> u when !u.isBackward() -> List.of(u.cell());
      case RecurrentStack s ->
          s.layers().stream().<Cell<?>>flatMap(r -> cells(r).stream()).toList();
      default ->
          throw new IllegalArgumentException(
              "[session] expected a recurrent layer that reads forward in time, got "
                  + (recurrent instanceof Unroll<?>
                      ? "a backward one"
                      : recurrent.getClass().getSimpleName())
                  + ": a stream has no last step to begin with");
    };
  }
}
