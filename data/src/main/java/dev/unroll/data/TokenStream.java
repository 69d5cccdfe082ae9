package dev.unroll.data;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * Batches of one long text for a language model. The text is split into B rows of equal length, and
 * these into windows of T tokens, so that each row of a batch continues the same row of the
 * previous batch, and the state can be carried over. Targets are the inputs shifted by one token.
 * The last window of an epoch may be shorter; up to B - 1 tokens at the end of the text are
 * dropped.
 */
public final class TokenStream implements BatchSource {
  private final int[] tokens;
  private final int batch;
  private final int window;
  private final int length;
  private final int hash;
  private long position;

  /**
   * Creates a source of batches.
   *
   * @param batch B, the number of rows read in parallel
   * @param window T, the number of tokens per window
   * @throws IllegalArgumentException if the text is too short for one window in each row
   */
  public TokenStream(int[] tokens, int batch, int window) {
    if (batch < 1 || window < 1) {
      throw new IllegalArgumentException(
          "[tokenStream] batch and window must be at least 1, not " + batch + " and " + window);
    }
    Objects.requireNonNull(tokens, "tokens");
    long least = (long) batch * window + 1;
    if (tokens.length < least) {
      throw new IllegalArgumentException(
          "[tokenStream] "
              + batch
              + " rows of "
              + window
              + " tokens require a text of at least "
              + least
              + " tokens; it has "
              + tokens.length);
    }
    this.tokens = tokens.clone();
    hash = Arrays.hashCode(tokens);
    this.batch = batch;
    this.window = window;
    length = (tokens.length - 1) / batch;
  }

  /** Returns the number of predicted tokens per epoch. */
  public long predictions() {
    return (long) batch * length;
  }

  @Override
  public long batchesPerEpoch() {
    return ((long) length + window - 1) / window;
  }

  /** Returns the number of tokens, their hash, the number of rows and the window length. */
  @Override
  public String identity() {
    return tokens.length
        + " tokens (hash "
        + Integer.toHexString(hash)
        + ") in "
        + batch
        + " rows, windows of "
        + window;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long to) {
    position = Positions.check("tokenStream", to);
  }

  @Override
  public Batch next() {
    int start = (int) (position % batchesPerEpoch()) * window;
    position++;
    int width = Math.min(window, length - start);
    return new Batch(rows(start, width), rows(start + 1, width), start > 0);
  }

  private Tensor rows(int start, int width) {
    int[] ids = new int[batch * width];
    for (int b = 0; b < batch; b++) {
      System.arraycopy(tokens, b * length + start, ids, b * width, width);
    }
    return Tensor.of(Shape.of(batch, width), ids);
  }

  @Override
  public String toString() {
    return "TokenStream[" + identity() + "]";
  }
}
