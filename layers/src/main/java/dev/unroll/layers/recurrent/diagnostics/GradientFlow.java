package dev.unroll.layers.recurrent.diagnostics;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.GradientNorms;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * The gradient norm at each step, {@code |dL/dh_t|}. Where it vanishes in the backward direction,
 * the influence of early steps cannot be learned (Hochreiter 1991; Bengio, Simard &amp; Frasconi
 * 1994, doi:10.1109/72.279181; Pascanu, Mikolov &amp; Bengio 2013, arXiv:1211.5063).
 *
 * {@snippet class="snippets.CheckTest" region="GradientFlow"}
 *
 * @param norms the norms with respect to the first variable of the state after each step, in the
 *     order of time; 0 where no gradient arrives
 */
public record GradientFlow(List<Double> norms) {
  private static final int BAR = 50;

  /** Copies the list. */
  public GradientFlow {
    Objects.requireNonNull(norms, "norms").forEach(each -> Objects.requireNonNull(each, "norm"));
    norms = List.copyOf(norms);
  }

  /**
   * Backpropagates a loss through a sequence.
   *
   * @param x {@code [B, T, I]}
   * @param loss returns a loss of rank 0 of the outputs {@code [B, T, H]}
   */
  public static <S extends State<S>> GradientFlow of(
      Unroll<S> unroll, Tensor x, Mode mode, UnaryOperator<Variable> loss) {
    GradientNorms found = new GradientNorms();
    Recurrent.Result<S> r = unroll.onGradient(found).apply(Variable.of(x), mode);
    Variable l = loss.apply(r.outputs());
    Gradients.of(l, unroll.cell().parameters().values());
    SortedMap<Integer, Double> at = found.of(0);
    List<Double> norms = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(1); t++) {
      norms.add(at.getOrDefault(t, 0.0));
    }
    return new GradientFlow(norms);
  }

  /**
   * Returns the norm at the first step divided by that at the last: below 1 where gradients vanish,
   * above 1 where they explode.
   */
  public double ratio() {
    return norms.getFirst() / norms.getLast();
  }

  /**
   * Returns a text plot of up to the given number of steps, from the first to the last: the index,
   * the norm, and a bar on a logarithmic scale between the minimum and the maximum.
   */
  public String toText(int lines) {
    double high = logs(norms).stream().mapToDouble(v -> v).max().orElse(0);
    double low = logs(norms).stream().mapToDouble(v -> v).min().orElse(0);
    StringBuilder text = new StringBuilder();
    int n = Math.min(lines, norms.size());
    for (int i = 0; i < n; i++) {
      int t = n == 1 ? 0 : (int) Math.round((double) i * (norms.size() - 1) / (n - 1));
      double fraction = high > low ? (log(norms.get(t)) - low) / (high - low) : 1;
      int length = Math.clamp(Math.round(fraction * BAR), 0, BAR);
      text.append(
          String.format(Locale.ROOT, "%5d  %9.2e  %s%n", t + 1, norms.get(t), "#".repeat(length)));
    }
    return text.toString();
  }

  private static double log(double norm) {
    return Math.log10(Math.max(norm, 1e-30));
  }

  private static List<Double> logs(Collection<Double> norms) {
    return norms.stream().filter(v -> v > 0).map(GradientFlow::log).toList();
  }
}
