package dev.unroll.examples.chat;

import dev.unroll.autograd.Session;
import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.examples.fit.Answers;
import dev.unroll.examples.fit.Writing;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.Decoder;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Task;
import java.util.function.Consumer;

/**
 * Reads a question and writes an answer, character by character.
 *
 * @param questions what questions consist of
 * @param answers what answers consist of
 */
record Talker<S extends State<S>>(Writing questions, Writing answers, SequenceToSequence<S> model) {
  private static final int LONGEST = 60;

  static Talker<?> of(Writing questions, Writing answers, SequenceToSequence<?> model) {
    return typed(questions, answers, model);
  }

  private static <S extends State<S>> Talker<S> typed(
      Writing questions, Writing answers, SequenceToSequence<S> model) {
    return new Talker<>(questions, answers, model);
  }

  Example example(Exchange e) {
    return Example.of(questions.read(e.question()), answers.written(e.answer()));
  }

  Task task() {
    return Task.of(
        (b, mode) ->
            model.apply(
                Variable.of(b.inputs()),
                b.lengths().toInts(),
                Decoder.teacherForced(b.targets(), answers.begin()),
                mode),
        Loss.crossEntropy());
  }

  /**
   * Answers.
   *
   * @param question at least one character
   * @param part is given each character as soon as it is known
   */
  void answer(String question, Consumer<String> part) {
    int[] codes = questions.read(question);
    Tensor source = Tensor.of(Shape.of(1, codes.length), codes);
    S start =
        Variable.withoutGradient(
            () -> model.encode(Variable.of(source), new int[] {codes.length}, Mode.evaluation()));
    int end = answers.written("")[0];
    int token = answers.begin();
    try (Session session = model.decoder().open(start)) {
      float[] logits = new float[answers.size()];
      double[] scores = new double[logits.length];
      for (int i = 0; i < LONGEST && (i == 0 || token != end); i++) {
        session.step(new int[] {token}, logits);
        for (int v = 0; v < scores.length; v++) {
          scores[v] = logits[v];
        }
        token = Answers.largest(scores);
        if (token != end) {
          part.accept(answers.vocabulary().token(token));
        }
      }
    }
  }

  /** Returns a whole answer. */
  String answer(String question) {
    StringBuilder text = new StringBuilder();
    answer(question, text::append);
    return text.toString();
  }
}
