package dev.unroll.layers.sequence;

import dev.unroll.layers.Block;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.wrappers.InputDropout;

/** See {@link Regularization#zaremba}. */
record ZarembaDropout(double rate) implements Regularization {
  ZarembaDropout {
    new Dropout(rate); // Checks the rate.
  }

  @Override
  public Block embedding(Embedding embedding) {
    return embedding;
  }

  @Override
  public <S extends State<S>> Cell<S> cell(int level, Cell<S> cell) {
    return new InputDropout<>(cell, rate);
  }

  @Override
  public Block head(Block head) {
    return Sequential.of(new Dropout(rate), head);
  }
}
