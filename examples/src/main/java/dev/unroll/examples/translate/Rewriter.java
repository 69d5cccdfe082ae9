package dev.unroll.examples.translate;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.data.Batch;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.examples.fit.TokenIds;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.layers.sequence.decoding.Hypothesis;
import dev.unroll.tensor.Ranking;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Task;
import java.util.List;
import java.util.function.Consumer;

/**
 * A sequence-to-sequence model of texts, for translations or answers.
 *
 * @param sources the ids of inputs
 * @param targets the ids of outputs
 */
public record Rewriter<S extends State<S>>(
    TokenIds sources, TokenIds targets, SequenceToSequence<S> model) {

  /** Creates an untrained model. */
  public static Rewriter<?> of(
      TokenIds sources, TokenIds targets, Looking looking, int embedding, int hidden, Init init) {
    return of(
        sources, targets, looking.model(sources.size(), targets.size(), embedding, hidden, init));
  }

  private static <S extends State<S>> Rewriter<S> of(
      TokenIds sources, TokenIds targets, SequenceToSequence<S> model) {
    return new Rewriter<>(sources, targets, model);
  }

  /** Returns a training example. */
  public Example example(String source, String target) {
    return Example.of(sources.encode(source), targets.encodeTarget(target));
  }

  /** Returns the training task: predict each token from all before it (teacher forcing). */
  public Task task() {
    return Task.of(
        (b, mode) ->
            model.apply(
                Variable.of(b.inputs()),
                b.lengths().toInts(),
                Decoder.teacherForced(b.targets(), targets.begin()),
                mode),
        Loss.crossEntropy());
  }

  /**
   * Returns the best text for each source, by beam search.
   *
   * @param longest the maximum number of tokens
   * @param beam the beam width
   */
  public List<Hypothesis> best(List<String> of, int longest, int beam) {
    Decoding decoding = new Decoding(targets.begin(), targets.end(), longest + 1);
    return decoding.beam(model.decoder(), start(of), beam, 0.6).stream()
        .map(List::getFirst)
        .toList();
  }

  /**
   * Writes greedily.
   *
   * @param source at least one token
   * @param longest the maximum number of tokens
   * @param part receives each token as soon as it is known
   */
  public void write(String source, int longest, Consumer<String> part) {
    try (Session session = model.decoder().open(start(List.of(source)))) {
      float[] logits = new float[targets.size()];
      int token = targets.begin();
      for (int i = 0; i < longest; i++) {
        session.step(new int[] {token}, logits);
        token = (int) Ranking.argMax(Tensor.of(Shape.of(logits.length), logits), 0).item();
        if (token == targets.end()) {
          return;
        }
        part.accept(targets.vocabulary().token(token));
      }
    }
  }

  private S start(List<String> of) {
    Batch batch = ExampleBatches.batch(of.stream().map(s -> example(s, "")).toList());
    return Variable.withoutGradient(() ->
        model.encode(Variable.of(batch.inputs()), batch.lengths().toInts(), Mode.evaluation()));
  }
}
