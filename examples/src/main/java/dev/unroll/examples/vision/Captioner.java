package dev.unroll.examples.vision;

import dev.unroll.autograd.Variable;
import dev.unroll.examples.fit.TokenIds;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Flatten;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Task;
import java.util.List;

/**
 * Captions pictures word by word (Vinyals, Toshev, Bengio &amp; Erhan 2015, arXiv:1411.4555): a
 * small convolutional encoder, then one-to-many.
 *
 * @param eye {@code [B, H, W, 3] -> [B, hidden]}
 */
record Captioner(TokenIds ids, Sequential eye, OneToMany<Hidden> writer) implements Layer {
  private static final int LONGEST = 14;

  static Captioner of(TokenIds ids, int hidden, Init init) {
    Window every = Window.of(3).stride(2).padding(1);
    int side = every.outputLength(every.outputLength(Scene.SIZE));
    GruCell cell = GruCell.of(hidden, hidden, init.at("cell"));
    return new Captioner(
        ids,
        Sequential.of(
            Conv2d.of(3, 16, every, every, init.at("first")),
            Activation.relu(),
            Conv2d.of(16, 32, every, every, init.at("second")),
            Activation.relu(),
            new Flatten(3),
            Linear.of(side * side * 32, hidden, init.at("eye")),
            Activation.relu()),
        new OneToMany<>(
            Bridge.of(hidden, cell, init.at("bridge")),
            Decoder.of(
                Embedding.of(ids.size(), hidden, init.at("words")),
                cell,
                Linear.of(hidden, ids.size(), init.at("head")))));
  }

  Task task() {
    return Task.of(
        (b, mode) ->
            writer.apply(
                eye.apply(Variable.of(b.inputs()), mode.at("eye")),
                Decoder.teacherForced(b.targets(), ids.begin()),
                mode.at("writer")),
        Loss.crossEntropy());
  }

  /** Returns the caption of each picture. */
  List<String> captions(Tensor pictures) {
    Hidden start =
        Variable.withoutGradient(
            () -> writer.start(eye.apply(Variable.of(pictures), Mode.evaluation())));
    return new Decoding(ids.begin(), ids.end(), LONGEST + 1)
        .greedy(writer.decoder(), start).stream().map(h -> ids.decode(h.tokens())).toList();
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("eye", eye).layer("writer", writer);
  }
}
