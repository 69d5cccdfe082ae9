package dev.unroll.optim;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lowers learning rates when a loss no longer falls: after {@code patience} observations in a row
 * without a new lowest one, the factor is multiplied by {@code decay}.
 *
 * {@snippet class="snippets.OptimTest" region="Plateau"}
 */
public final class Plateau implements Schedule {
  private final int patience;
  private final double decay;
  private double factor = 1;
  private double lowest = Double.POSITIVE_INFINITY;
  private long waited;

  /**
   * Creates a schedule with factor 1.
   *
   * @param patience at least 1, and one more than in PyTorch: its patience of 2 is 3 here
   * @param decay above 0 and below 1
   */
  public Plateau(int patience, double decay) {
    Checks.atLeast("patience", 1, patience);
    Checks.positive("decay", decay);
    Checks.fraction("decay", decay);
    this.patience = patience;
    this.decay = decay;
  }

  /** Records the loss on held-out data. NaN is never a new lowest loss. */
  public void observe(double loss) {
    waited = loss < lowest ? 0 : waited + 1;
    lowest = loss < lowest ? loss : lowest;
    if (waited == patience) {
      factor *= decay;
      waited = 0;
    }
  }

  @Override
  public double factor(long updates) {
    return factor;
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("factor", Tensor.scalar(DType.FLOAT64, factor));
    state.put("lowest", Tensor.scalar(DType.FLOAT64, lowest));
    state.put("waited", Tensor.scalar(DType.FLOAT64, (double) waited));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    States.check(state(), state);
    double f = States.get("factor", state).item();
    double l = States.get("lowest", state).item();
    long w = States.count("waited", state);
    if (!(f >= 0 && f <= 1) || Double.isNaN(l) || w >= patience) {
      throw new IllegalArgumentException(
          "[restore] expected a factor from 0 to 1, a lowest loss and less than "
              + patience
              + " observations without improvement, got "
              + f
              + ", "
              + l
              + " and "
              + w);
    }
    factor = f;
    lowest = l;
    waited = w;
  }

  @Override
  public String toString() {
    return "Plateau[patience=" + patience + ", decay=" + decay + ", factor=" + factor + "]";
  }
}
