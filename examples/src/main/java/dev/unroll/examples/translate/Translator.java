package dev.unroll.examples.translate;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.Decoder;
import dev.unroll.layers.sequence.Decoding;
import dev.unroll.layers.sequence.Hypothesis;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.training.Task;
import java.util.List;

/** A model that reads the characters of one side and writes those of the other. */
record Translator<S extends State<S>>(Codes codes, SequenceToSequence<S> model) {

  Task task() {
    return Task.of(
        (b, mode) ->
            model.apply(
                Variable.of(b.inputs()),
                b.lengths().toInts(),
                Decoder.teacherForced(b.targets(), Codes.BEGIN),
                mode),
        Loss.crossEntropy());
  }

  /**
   * Returns the best translation of each source.
   *
   * @param longest characters of a translation
   * @param beam the width of the search
   */
  List<Hypothesis> translate(List<Notation.Pair> pairs, int longest, int beam) {
    Batch batch = codes.batch(pairs);
    S start =
        Variable.withoutGradient(() ->
            model.encode(Variable.of(batch.inputs()), batch.lengths().toInts(), Mode.evaluation()));
    return new Decoding(Codes.BEGIN, Codes.END, longest + 1)
        .beam(model.decoder(), start, beam, 0.6).stream().map(List::getFirst).toList();
  }
}
