package dev.unroll.examples.serving;

import dev.unroll.layers.Activation;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.models.Classifier;

/** The two classifiers that are served. */
final class Networks {
  /** Number of words of the text classifier. */
  static final int WORDS = 10_000;

  private Networks() {}

  /** Returns a classifier of sensor readings: an LSTM of 64. */
  static Classifier sensors(long seed) {
    Init init = Init.seed(seed);
    return Classifier.of(
        new ManyToOne(
            Activation.identity(),
            Unroll.of(LstmCell.of(Samples.FEATURES, 64, init.at("cell"))),
            Pooling.last(),
            Linear.of(64, Samples.LABELS.size(), init.at("head"))),
        Samples.LABELS);
  }

  /** Returns a classifier of texts: vectors of 128 for 10,000 words, and an LSTM of 256. */
  static Classifier text(long seed) {
    Init init = Init.seed(seed);
    return Classifier.of(
        new ManyToOne(
            Embedding.of(WORDS, 128, init.at("words")),
            Unroll.of(LstmCell.of(128, 256, init.at("cell"))),
            Pooling.last(),
            Linear.of(256, Samples.LABELS.size(), init.at("head"))),
        Samples.LABELS);
  }
}
