package dev.unroll.layers.sequence.decoding;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Block;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.InnerCell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/**
 * Reads a token at each step and predicts the next: an embedding, cells, and logits of all tokens.
 * A language model starts from a zero state, other decoders from an encoded source.
 *
 * {@snippet class="snippets.DecodingTest" region="Decoder"}
 *
 * @param <S> the state of the cells
 */
public interface Decoder<S extends State<S>> extends Layer {

  /** Returns the embedding of tokens {@code [...]} as vectors {@code [..., E]}. */
  Block embedding();

  /** Returns the cells. */
  Unroll<S> unroll();

  /** Returns the layer that maps outputs {@code [..., H]} to logits {@code [..., V]}. */
  Block head();

  /** Returns a decoder of these parts. */
  static <S extends State<S>> Decoder<S> of(Block embedding, Cell<S> cell, Block head) {
    return new TokenDecoder<>(embedding, Unroll.of(cell), head);
  }

  /**
   * The result of a step or a sequence.
   *
   * @param logits of the next token: {@code [B, T, V]} of whole sequences, {@code [B, V]} of a step
   * @param state after the last step
   */
  record Prediction<S extends State<S>>(Variable logits, S state) {
    /** Checks for null. */
    public Prediction {
      Objects.requireNonNull(logits, "logits");
      Objects.requireNonNull(state, "state");
    }
  }

  /**
   * Reads tokens and predicts the next one at each.
   *
   * @param tokens int32 {@code [B, T]}
   * @param state before the first
   */
  default Prediction<S> apply(Variable tokens, S state, Mode mode) {
    Variable vectors = embedding().apply(tokens, mode.at("embedding"));
    Recurrent.Result<S> r = unroll().apply(vectors, state, mode.at("unroll"));
    return new Prediction<>(head().apply(r.outputs(), mode.at("head")), r.state());
  }

  /**
   * Computes one step in evaluation mode.
   *
   * @param tokens int32 {@code [B]}
   */
  default Prediction<S> next(Variable tokens, S state) {
    Mode mode = Mode.evaluation();
    Step<S> step = InnerCell.step(unroll().cell(), embedding().apply(tokens, mode), state, mode);
    return new Prediction<>(head().apply(step.output(), mode), step.state());
  }

  /**
   * Opens a session, which at each step reads a token of each of {@code B} sequences and returns
   * the logits {@code [B, V]} of the next.
   *
   * @param start the state before the first step
   * @throws IllegalArgumentException if the start has no variable, or the cells cannot be planned;
   *     the message says why
   */
  default Session open(S start) {
    List<Variable> initial = Objects.requireNonNull(start, "start").variables();
    if (initial.isEmpty()) {
      throw new IllegalArgumentException(
          "[decoder] expected a state of at least one variable, got none");
    }
    Scan.Body body =
        (now, carried, time) -> {
          Prediction<S> p = next(now.getFirst(), start.with(carried));
          return new Scan.Result(List.of(p.logits()), p.state().variables());
        };
    Shape batch = Shape.of(initial.getFirst().shape().dim(0));
    return Scan.forward().open(body, batch, DType.INT32, initial);
  }

  /**
   * Returns the inputs of teacher forcing: at each step the target of the previous step (Williams
   * &amp; Zipser 1989, doi:10.1162/neco.1989.1.2.270).
   *
   * @param targets int32 {@code [B, T]}, -1 after the end of a sequence
   * @param begin the token that precedes the first
   */
  static Variable teacherForced(Tensor targets, int begin) {
    if (targets.shape().rank() != 2 || targets.type() != DType.INT32) {
      throw new IllegalArgumentException(
          "[decoder] expected targets int32 [B, T], got " + targets.type() + targets.shape());
    }
    int steps = targets.shape().dim(1);
    int[] should = targets.toInts();
    int[] read = new int[should.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = i % steps == 0 ? begin : Math.max(0, should[i - 1]);
    }
    return Variable.of(Tensor.of(targets.shape(), read));
  }

  @Override
  default void describe(Parts parts) {
    parts.layer("embedding", embedding()).layer("unroll", unroll()).layer("head", head());
  }
}
