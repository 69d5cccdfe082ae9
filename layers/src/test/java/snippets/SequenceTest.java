package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.AttentionPooling;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.EncoderDecoder;
import dev.unroll.layers.sequence.Generator;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.Regularization;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.layers.sequence.attention.GeneralAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.layers.sequence.decoding.Hypothesis;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers.sequence}. */
class SequenceTest {
  private final Init init = Init.seed(1);
  private final Mode mode = Mode.evaluation();
  private final Variable ids =
      Variable.of(Tensor.of(Shape.of(2, 4), new int[] {5, 1, 7, 2, 3, 3, 0, 0})); // [B, T]
  private final int[] lengths = {4, 2};
  private final Variable outputs = random(Shape.of(2, 4, 8)); // [B, T, H]
  private final Tensor targets = Tensor.of(Shape.of(2, 3), new int[] {4, 6, 1, 2, 1, -1});

  private static Variable random(Shape shape) {
    return Variable.of(RandomKey.of(5).normal(DType.FLOAT32, shape, 0, 1));
  }

  private Bidirectional<Hidden> encoder() {
    return Bidirectional.of(
        GruCell.of(6, 4, init.at("forward")), GruCell.of(6, 4, init.at("backward")));
  }

  @Test
  void attentionModel() {
    // @start region="AttentionModel"
    AttentionModel<Hidden> model =
        AttentionModel.of(
            Embedding.of(10, 6, init.at("source")),
            encoder(), // outputs of size 8
            LuongCell.of(
                GruCell.of(6 + 8, 8, init.at("cell")), // reads a token and the last vector
                GeneralAttention.of(8, 8, init.at("attention")),
                8,
                init),
            Embedding.of(12, 6, init.at("target")),
            Linear.of(8, 12, init.at("head")),
            init);
    Variable logits = model.apply(ids, lengths, Decoder.teacherForced(targets, 0), mode);
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 3, 12);
  }

  @Test
  void attentionPooling() {
    // @start region="AttentionPooling"
    AttentionPooling pooling = AttentionPooling.of(8, 16, init);
    Variable y = pooling.apply(outputs, lengths); // [2, 4, 8] -> [2, 8]
    Variable weights = pooling.weights(outputs, lengths); // [2, 4]: which steps matter
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 8);
    assertThat(weights.value().get(1, 3)).isZero();
  }

  @Test
  void bridge() {
    // @start region="Bridge"
    GruCell cell = GruCell.of(6, 8, init.at("cell"));
    Bridge<Hidden> bridge = Bridge.of(20, cell, init.at("bridge"));
    Hidden start = bridge.apply(random(Shape.of(2, 20))); // [2, 20] -> [2, 8]
    // @end
    assertThat(start.h().shape().dims()).containsExactly(2, 8);
  }

  private OneToMany<Hidden> writer() {
    GruCell cell = GruCell.of(6, 8, init.at("cell"));
    return new OneToMany<>(
        Bridge.of(8, cell, init.at("bridge")),
        Decoder.of(
            Embedding.of(12, 6, init.at("target")), cell, Linear.of(8, 12, init.at("head"))));
  }

  @Test
  void encoderDecoder() {
    // @start region="EncoderDecoder"
    ManyToOne encoder =
        new ManyToOne(
            Embedding.of(10, 6, init.at("source")),
            Unroll.of(GruCell.of(6, 8, init.at("encoder"))),
            Pooling.last(),
            Linear.of(8, 8, init.at("context")));
    EncoderDecoder<Hidden> model = new EncoderDecoder<>(encoder, writer());
    Variable logits = model.apply(ids, lengths, Decoder.teacherForced(targets, 0), mode);
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 3, 12);
  }

  @Test
  void languageModel() {
    // @start region="LanguageModel"
    LanguageModel.Config config = new LanguageModel.Config("lstm", 10, 6, 8, 2);
    LanguageModel model = LanguageModel.of(config, init);
    Decoder.Prediction<Stacked.Levels> prediction = model.apply(ids, model.initialState(2), mode);
    Variable logits = prediction.logits(); // [2, 4] -> [2, 4, 10]
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 4, 10);
  }

  @Test
  void regularization() {
    // @start region="Regularization"
    var config = new LanguageModel.Config("lstm", 10_000, 40, 60, 3);
    LanguageModel model = LanguageModel.tied(config, init);
    LanguageModel trained = model.with(Regularization.locked(0.1, 0.4, 0.25, 0.4));
    // new Trainer(model, new LanguageModeling(trained), ...)
    // @end
    assertThat(trained.parameters().values())
        .containsExactlyElementsOf(model.parameters().values());
  }

  @Test
  void generator() {
    LanguageModel model = LanguageModel.of(new LanguageModel.Config("gru", 10, 6, 8, 1), init);
    // @start region="Generator"
    Generator generator = new Generator(model, new Sampling(0.8), RandomKey.of(1));
    int[] tokens = generator.generate(new int[] {5, 1}, 20); // 20 tokens after the prompt
    // @end
    assertThat(tokens).hasSize(20);
  }

  @Test
  void manyToMany() {
    // @start region="ManyToMany"
    ManyToMany tagger =
        new ManyToMany(
            Embedding.of(10, 6, init.at("words")), encoder(), Linear.of(8, 3, init.at("tags")));
    Variable logits = tagger.apply(ids, lengths, mode); // [2, 4] -> [2, 4, 3]
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 4, 3);
  }

  @Test
  void manyToOne() {
    // @start region="ManyToOne"
    ManyToOne classifier =
        new ManyToOne(
            Embedding.of(10, 6, init.at("words")),
            encoder(),
            Pooling.max(),
            Linear.of(8, 2, init.at("classes")));
    Variable logits = classifier.apply(ids, lengths, mode); // [2, 4] -> [2, 2]
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 2);
  }

  @Test
  void oneToMany() {
    Variable pictures = random(Shape.of(2, 20));
    // @start region="OneToMany"
    GruCell cell = GruCell.of(6, 8, init.at("cell"));
    OneToMany<Hidden> captions =
        new OneToMany<>(
            Bridge.of(20, cell, init.at("bridge")),
            Decoder.of(
                Embedding.of(12, 6, init.at("words")), cell, Linear.of(8, 12, init.at("head"))));
    Variable logits = captions.apply(pictures, Decoder.teacherForced(targets, 0), mode);
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 3, 12);
  }

  @Test
  void pooling() {
    // @start region="Pooling"
    Variable last = Pooling.last().apply(outputs, lengths); // [2, 4, 8] -> [2, 8]
    Variable mean = Pooling.mean().apply(outputs, lengths); // over 4 and 2 steps
    // @end
    assertThat(last.shape()).isEqualTo(mean.shape());
    assertThat(last.value().get(1, 0)).isEqualTo(outputs.value().get(1, 1, 0));
  }

  @Test
  void sequenceToSequence() {
    SequenceToSequence<Hidden> model =
        new EncoderDecoder<>(
            new ManyToOne(
                Embedding.of(10, 6, init.at("source")),
                encoder(),
                Pooling.mean(),
                Linear.of(8, 8, init.at("context"))),
            writer());
    assertThat(translate(model)).hasSize(2);
  }

  // @start region="SequenceToSequence"
  private List<Hypothesis> translate(SequenceToSequence<Hidden> model) {
    Variable logits = model.apply(ids, lengths, Decoder.teacherForced(targets, 0), mode);
    Variable loss = Loss.crossEntropy().of(logits, targets); // for training
    Hidden start = model.encode(ids, lengths, mode);
    return new Decoding(0, 1, 10).greedy(model.decoder(), start);
  }

  // @end
}
