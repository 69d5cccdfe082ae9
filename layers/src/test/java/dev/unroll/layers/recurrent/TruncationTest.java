package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.GradientNorms;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Truncation.Window;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruncationTest {
  private static final RandomKey KEY = RandomKey.of(71);
  private static final Mode MODE = Mode.evaluation();
  private static final int B = 2;
  private static final int T = 11;

  /** A cell after a trained layer, with a trained initial state. */
  private final Linear below = Linear.of(3, 3, init(DType.FLOAT64));

  private final Unroll<LstmState> unroll = Unroll.of(LstmCell.of(3, 4, init(DType.FLOAT64)));
  private final Parameter start = init(DType.FLOAT64).at("start").normal(0.5, B, 4);
  private final Tensor x = KEY.normal(DType.FLOAT64, Shape.of(B, T, 3), 0, 1);
  private final Variable weight =
      Variable.of(KEY.fold(1).normal(DType.FLOAT64, Shape.of(B, T, 4), 0, 1));
  private final List<Parameter> all = new ArrayList<>();

  TruncationTest() {
    all.addAll(below.parameters().values());
    all.addAll(unroll.parameters().values());
    all.add(start);
  }

  private static Init init(DType type) {
    return new Init(type, KEY);
  }

  private LstmState initial() {
    return new LstmState(start.tanh(), start.sigmoid());
  }

  private Recurrent.Result<LstmState> network(LstmState state, int from, int to) {
    return unroll.from(from).apply(below.apply(Variable.of(x.slice(1, from, to))), state, MODE);
  }

  private Variable loss(Variable outputs, int from, int end) {
    return outputs.mul(outputs).mul(weight.slice(1, from, end)).sum();
  }

  private List<Tensor> full() {
    Recurrent.Result<LstmState> r = network(initial(), 0, T);
    return gradients(loss(r.outputs(), 0, T));
  }

  private List<Tensor> gradients(Variable loss) {
    var g = Gradients.of(loss, all);
    return all.stream()
        .map(p -> g.containsKey(p) ? g.get(p).dense() : Tensor.zeros(p.type(), p.shape()))
        .toList();
  }

  /** Returns the sum of the gradients of all windows, without updates. */
  private List<Tensor> summed(Truncation truncation) {
    List<Tensor> sum = new ArrayList<>();
    LstmState last =
        truncation.run(
            T,
            this::initial,
            this::network,
            (w, outputs) -> {
              List<Tensor> g = gradients(loss(outputs, w.from(), w.end()));
              for (int i = 0; i < g.size(); i++) {
                if (sum.size() <= i) {
                  sum.add(g.get(i));
                } else {
                  sum.set(i, sum.get(i).add(g.get(i)));
                }
              }
            });
    assertThat(last.h().requiresGradient()).isFalse();
    assertThat(last.h().value().sameBits(network(initial(), 0, T).state().h().value())).isTrue();
    return sum;
  }

  private static void assertClose(List<Tensor> found, List<Tensor> expected) {
    for (int i = 0; i < found.size(); i++) {
      assertThat(Tolerance.of(1e-12).difference(expected.get(i), found.get(i))).isEmpty();
    }
  }

  @Test
  void oneWindowOverAllStepsEqualsFullBackpropagation() {
    List<Tensor> expected = full();
    for (int k : new int[] {T, T + 1, 10 * T}) {
      List<Tensor> found = summed(new Truncation(k, k));
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).sameBits(expected.get(i))).isTrue();
      }
    }
  }

  @Test
  void windowsThatGoBackToTheStartAddUpToTheFullGradient() {
    List<Tensor> expected = full();
    for (int k1 : new int[] {1, 2, 3, 10}) {
      for (int k2 : new int[] {T, T + 5}) {
        assertClose(summed(new Truncation(k1, k2)), expected);
      }
    }
  }

  @Test
  void adjacentWindowsAreIndependentSequences() {
    List<Tensor> expected = new ArrayList<>();
    LstmState state = initial();
    for (int[] part : new int[][] {{0, 3}, {3, 7}, {7, 11}}) {
      Recurrent.Result<LstmState> r = network(state, part[0], part[1]);
      List<Tensor> g = gradients(loss(r.outputs(), part[0], part[1]));
      for (int i = 0; i < g.size(); i++) {
        if (expected.size() <= i) {
          expected.add(g.get(i));
        } else {
          expected.set(i, expected.get(i).add(g.get(i)));
        }
      }
      state = r.state().detach();
    }
    assertClose(summed(new Truncation(4, 4)), expected);
  }

  @Test
  void gradientsFlowBackAtMostK2Steps() {
    GradientNorms norms = new GradientNorms();
    List<List<Integer>> reached = new ArrayList<>();
    new Truncation(3, 5)
        .run(
            T,
            this::initial,
            (state, from, to) ->
                unroll
                    .onGradient(norms)
                    .from(from)
                    .apply(Variable.of(x.slice(1, from, to)), state, MODE),
            (w, outputs) -> {
              int before = norms.of(0).size();
              gradients(outputs.slice(1, outputs.shape().dim(1) - 1, outputs.shape().dim(1)).sum());
              reached.add(List.of(w.start(), norms.of(0).size() - before));
            });
    // Two steps are new to the first window, and each further one goes back over two old ones.
    assertThat(reached).containsExactly(List.of(0, 2), List.of(0, 3), List.of(3, 3), List.of(6, 3));
    assertThat(norms.of(0).keySet()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void everyLossIsInOneWindowAndOnlyTheFirstIsShort() {
    for (int steps = 1; steps < 20; steps++) {
      for (int k1 = 1; k1 < 8; k1++) {
        for (int k2 = k1; k2 < 12; k2++) {
          int at = 0;
          for (Window w : new Truncation(k1, k2).windows(steps)) {
            assertThat(w.from()).isEqualTo(at);
            assertThat(w.end() - w.from()).isBetween(1, k1);
            assertThat(w.from() == 0 || w.end() - w.from() == k1).isTrue();
            assertThat(w.start()).isEqualTo(Math.max(0, w.end() - k2));
            at = w.end();
          }
          assertThat(at).isEqualTo(steps);
        }
      }
    }
  }

  @Test
  void invalidNumbersAreRefused() {
    assertThatThrownBy(() -> new Truncation(3, 2))
        .hasMessage("[truncation] expected 1 <= k1 <= k2, got k1 = 3, k2 = 2");
    assertThatThrownBy(() -> new Truncation(0, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Truncation(1, 1).run(0, this::initial, this::network, (w, outputs) -> {}))
        .hasMessage("[truncation] expected at least 1 step, got 0");
  }

  @Test
  void aStepLongerThanTheSequenceIsOneWindow() {
    int most = Integer.MAX_VALUE;
    assertThat(new Truncation(most, most).windows(5))
        .containsExactly(new Truncation.Window(0, 0, 5));
    assertThat(new Truncation(most - 2, most).windows(most)).hasSize(2);
  }
}
