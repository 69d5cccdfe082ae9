package dev.unroll.data;

import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * Batches of pieces of one long text for a language model, in another random order in each epoch. A
 * piece consists of several windows of T tokens; within it, each row of a batch continues that of
 * the previous batch, so that the state can be carried over, and each piece begins from the initial
 * state. Targets are the inputs shifted by one token. In each epoch, up to B - 1 pieces and the
 * tokens after the last piece are dropped.
 *
 * <p>{@link TokenStream} reads a text in its order and begins from the initial state once per
 * epoch. A model that is trained so need not learn to begin, nor to leave a state that does not
 * match its text: a few of the texts that it is evaluated on may then have losses of many times the
 * mean. Pieces also read all parts of a text at any time in place of B of them.
 *
 * {@snippet class="snippets.DataTest" region="TokenPieces"}
 */
public final class TokenPieces implements BatchSource {
  private final int[] tokens;
  private final int batch;
  private final int window;
  private final int windows;
  private final RandomKey key;
  private final int pieces;
  private final String identity;
  private long position;
  private long epoch = -1;
  private int[] order = {};

  /**
   * Creates a source of batches.
   *
   * @param batch B, the number of pieces read in parallel
   * @param window T, the number of tokens per window
   * @param windows the number of windows per piece
   * @param key the key of the order
   * @throws IllegalArgumentException if the text is too short for a piece in each row
   */
  public TokenPieces(int[] tokens, int batch, int window, int windows, RandomKey key) {
    Objects.requireNonNull(tokens, "tokens");
    this.key = Objects.requireNonNull(key, "key");
    if (batch < 1 || window < 1 || windows < 1) {
      throw new IllegalArgumentException(
          "[tokenPieces] batch, window and windows must be at least 1, not "
              + batch
              + ", "
              + window
              + " and "
              + windows);
    }
    long piece = (long) window * windows;
    if ((tokens.length - 1) / piece < batch) {
      throw new IllegalArgumentException(
          "[tokenPieces] "
              + batch
              + " pieces of "
              + windows
              + " x "
              + window
              + " tokens require a text of at least "
              + (batch * piece + 1)
              + " tokens; it has "
              + tokens.length);
    }
    this.tokens = tokens.clone();
    this.batch = batch;
    this.window = window;
    this.windows = windows;
    pieces = (int) ((tokens.length - 1) / piece);
    identity =
        tokens.length
            + " tokens (hash "
            + Integer.toHexString(Arrays.hashCode(tokens))
            + ") in "
            + pieces
            + " pieces of "
            + windows
            + " x "
            + window
            + ", "
            + batch
            + " at a time, first "
            + Arrays.toString(Arrays.copyOf(key.fold(0).permutation(pieces), Math.min(pieces, 4)));
  }

  @Override
  public long batchesPerEpoch() {
    return (long) (pieces / batch) * windows;
  }

  /**
   * Returns the number of tokens, their hash, the sizes, and the first pieces of the first epoch.
   */
  @Override
  public String identity() {
    return identity;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void seek(long to) {
    position = Positions.check("tokenPieces", to);
  }

  @Override
  public Batch next() {
    long now = position / batchesPerEpoch();
    if (now != epoch) {
      order = key.fold(now).permutation(pieces);
      epoch = now;
    }
    int at = (int) (position % batchesPerEpoch());
    position++;
    int first = at / windows * batch;
    int start = at % windows * window;
    return new Batch(rows(first, start), rows(first, start + 1), start > 0);
  }

  private Tensor rows(int first, int start) {
    int[] ids = new int[batch * window];
    for (int b = 0; b < batch; b++) {
      int from = order[first + b] * window * windows + start;
      System.arraycopy(tokens, from, ids, b * window, window);
    }
    return Tensor.of(Shape.of(batch, window), ids);
  }

  @Override
  public String toString() {
    return "TokenPieces[" + identity + "]";
  }
}
