package dev.unroll.layers.sequence;

import dev.unroll.layers.Block;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.EmbeddingDropout;
import dev.unroll.layers.LockedDropout;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.wrappers.VariationalDropout;

/** See {@link Regularization#locked}. */
record LockedRegularization(double words, double input, double between, double output)
    implements Regularization {
  LockedRegularization {
    for (double rate : new double[] {words, input, between, output}) {
      new LockedDropout(rate); // Checks the rate.
    }
  }

  @Override
  public Block embedding(Embedding embedding) {
    return new EmbeddingDropout(embedding, words);
  }

  @Override
  public <S extends State<S>> Cell<S> cell(int level, Cell<S> cell) {
    return new VariationalDropout<>(cell, level == 0 ? input : between, 0);
  }

  @Override
  public Block head(Block head) {
    return Sequential.of(new LockedDropout(output), head);
  }
}
