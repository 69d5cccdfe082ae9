package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.optim.builtin.BuiltInOptimizers;
import dev.unroll.tensor.Buffers;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of updates for every rule: all or nothing. */
class UpdateLawsTest {
  private static final RandomKey KEY = RandomKey.of(17);

  private static Stream<Rule> rules() {
    List<Rule> all = new ArrayList<>();
    BuiltInOptimizers.rules().forEach(all::add);
    all.add(new CoupledDecay(new Adam(), 0.1));
    all.add(new DecoupledDecay(new RmsProp(0.01, 0.9, 1e-8, 0.5), 0.1));
    all.add(new CenteredRmsProp(0.01, 0.9, 1e-8, 0.5, Epsilon.OUTSIDE_ROOT));
    return all.stream();
  }

  /** Three parameters under one optimizer, the middle one a table. */
  private static final class Model {
    final Parameter first = new Parameter(KEY.normal(DType.FLOAT64, Shape.of(4), 0, 1));
    final Parameter table = new Parameter(KEY.normal(DType.FLOAT64, Shape.of(3, 2), 0, 1));
    final Parameter last = new Parameter(KEY.normal(DType.FLOAT64, Shape.of(2, 2), 0, 1));
    final Optimizer optimizer;

    Model(Rule rule) {
      Map<String, Parameter> all = new LinkedHashMap<>();
      all.put("first", first);
      all.put("table", table);
      all.put("last", last);
      optimizer = Optimizer.of(rule, all);
    }

    /** Gradients of all three, that of the table as given. */
    Map<Parameter, Gradient> gradients(Gradient ofTable) {
      Map<Parameter, Gradient> all = new LinkedHashMap<>();
      all.put(first, dense(Shape.of(4)));
      all.put(table, ofTable);
      all.put(last, dense(Shape.of(2, 2)));
      return all;
    }

    Gradient good() {
      return sparse(ids(2, 0), normal(Shape.of(2, 2)), 3);
    }

    Map<String, Tensor> everything() {
      Map<String, Tensor> all = new LinkedHashMap<>(optimizer.state());
      optimizer.parameters().forEach((name, p) -> all.put("value/" + name, p.keep()));
      optimizer
          .parameters()
          .forEach((name, p) ->
              all.put("version/" + name, Tensor.scalar(DType.FLOAT64, (double) p.version())));
      return all;
    }
  }

  private static Tensor normal(Shape shape) {
    return KEY.fold(shape.hashCode()).normal(DType.FLOAT64, shape, 0, 1);
  }

  private static Gradient dense(Shape shape) {
    return new Gradient.Dense(normal(shape));
  }

  private static Tensor ids(int... ids) {
    return Tensor.of(Shape.of(ids.length), ids);
  }

  private static Gradient sparse(Tensor ids, Tensor rows, int size) {
    return new Gradient.Sparse(ids, rows, size);
  }

  private static List<Gradient> bad() {
    Tensor two = normal(Shape.of(2, 2));
    return List.of(
        sparse(ids(0, 3), two, 3),
        sparse(ids(-1, 0), two, 3),
        sparse(ids(1, 1), two, 3),
        sparse(ids(0), two, 3),
        sparse(ids(0, 1), two, 4),
        sparse(ids(0, 1), two, -1),
        sparse(ids(0, 1), normal(Shape.of(2, 3)), 3),
        sparse(ids(0, 1), two.to(DType.FLOAT32), 3),
        sparse(Tensor.of(Shape.of(2), 0.0, 1), two, 3),
        sparse(Tensor.of(Shape.of(2, 1), 0, 1), two, 3),
        sparse(ids(), Tensor.scalar(DType.FLOAT64, 1), 3),
        new Gradient.Dense(normal(Shape.of(3, 3))),
        new Gradient.Dense(normal(Shape.of(3, 2)).to(DType.FLOAT32)),
        new Gradient.Dense(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6)),
        dense(Shape.of(3, 2)).scaled(Double.NaN),
        new Gradient.Dense(gone()));
  }

  /** Numbers of a scope that has ended. */
  private static Tensor gone() {
    try (Buffers.Scope _ = new Buffers().open()) {
      return normal(Shape.of(3, 2)).add(normal(Shape.of(3, 2)));
    }
  }

  private static void same(Map<String, Tensor> a, Map<String, Tensor> b) {
    assertThat(a.keySet()).isEqualTo(b.keySet());
    a.forEach((name, t) -> assertThat(t.sameBits(b.get(name))).as(name).isTrue());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anUpdateMovesEverythingOrNothing(Rule rule) {
    Model tried = new Model(rule);
    Model twin = new Model(rule);
    for (Model m : List.of(tried, twin)) {
      m.optimizer.update(m.gradients(m.good()));
    }
    Map<String, Tensor> before = tried.everything();
    for (Gradient bad : bad()) {
      assertThatThrownBy(() -> tried.optimizer.update(tried.gradients(bad)))
          .as("%s", bad)
          .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
          .hasMessageMatching("\\[(update|tensor)] .*");
      same(tried.everything(), before);
    }
    assertThatThrownBy(() -> tried.optimizer.update(tried.gradients(tried.good()), -1))
        .hasMessageContaining("factor");
    assertThatThrownBy(() -> tried.optimizer.update(tried.gradients(tried.good()), 1e308 * 10))
        .hasMessageContaining("must be finite");
    Map<Parameter, Gradient> foreign = tried.gradients(tried.good());
    foreign.put(new Model(rule).last, dense(Shape.of(2, 2)));
    assertThatThrownBy(() -> tried.optimizer.update(foreign))
        .hasMessageContaining("not a parameter");
    same(tried.everything(), before);
    for (Model m : List.of(tried, twin)) {
      m.optimizer.update(m.gradients(m.good()));
    }
    same(tried.everything(), twin.everything());
  }

  @Test
  void aRuleThatFailsForOneParameterMovesNone() {
    record Picky(boolean throwing) implements Rule {
      @Override
      public String name() {
        return "picky";
      }

      @Override
      public double learningRate() {
        return 1;
      }

      @Override
      public List<String> memory() {
        return List.of();
      }

      @Override
      public List<Integer> emit(
          Program.Builder p, double rate, long t, int theta, int g, List<Integer> memory) {
        if (throwing) {
          throw new UnsupportedOperationException("picky");
        }
        int moved = p.linear(1, theta, -rate, g);
        return List.of(moved, p.affine(moved, 2, 0));
      }
    }
    for (boolean throwing : new boolean[] {false, true}) {
      Parameter a = new Parameter(Tensor.of(Shape.of(1), 1.0));
      Parameter b = new Parameter(Tensor.of(Shape.of(1), 1.0));
      Optimizer o =
          Optimizer.of(
              List.of(
                  new Optimizer.Group(new Sgd(0.5), Map.of("a", a)),
                  new Optimizer.Group(new Picky(throwing), Map.of("b", b))));
      Gradient one = new Gradient.Dense(Tensor.of(Shape.of(1), 1.0));
      assertThatThrownBy(() -> o.update(Map.of(a, one, b, one))).hasMessageContaining("picky");
      assertThat(a.value().item()).isEqualTo(1);
      assertThat(o.updates()).isZero();
      assertThat(o.state().get("updates/a").item()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void nanMovesWhatItBelongsTo(Rule rule) {
    Model m = new Model(rule);
    Map<Parameter, Gradient> gradients = m.gradients(m.good());
    gradients.put(m.first, new Gradient.Dense(Tensor.full(DType.FLOAT64, Shape.of(4), Double.NaN)));
    m.optimizer.update(gradients);
    assertThat(m.first.value().toDoubles()).containsOnly(Double.NaN);
    assertThat(m.last.value().toDoubles()).doesNotContain(Double.NaN);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aStateThatCannotBeIsRefusedAsAWhole(Rule rule) {
    Model m = new Model(rule);
    m.optimizer.update(m.gradients(m.good()));
    m.optimizer.update(m.gradients(m.good()));
    Map<String, Tensor> before = m.everything();
    for (String name : List.of("updates", "updates/table")) {
      for (double bad :
          new double[] {-1, 0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e17, -1e300}) {
        Map<String, Tensor> state = m.optimizer.state();
        state.put(name, Tensor.scalar(DType.FLOAT64, bad));
        assertThatThrownBy(() -> m.optimizer.restore(state))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "[restore] expected \"" + name + "\" to be a count of at least 0, got " + bad);
        same(m.everything(), before);
      }
    }
    for (String memory : rule.memory()) {
      String name = memory + "/last";
      boolean squares = rule.notNegative().contains(memory);
      for (double bad :
          squares
              ? new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e-30}
              : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
        Map<String, Tensor> state = m.optimizer.state();
        Tensor saved = Objects.requireNonNull(state.get(name));
        double[] numbers = saved.toDoubles();
        numbers[numbers.length - 1] = bad;
        state.put(name, Tensor.of(saved.shape(), numbers).to(saved.type()));
        assertThatThrownBy(() -> m.optimizer.restore(state))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("[restore] expected \"" + name + "\" to have finite values");
        same(m.everything(), before);
      }
    }
    Map<String, Tensor> more = m.optimizer.state();
    more.put("updates/last", Tensor.scalar(DType.FLOAT64, 3));
    assertThatThrownBy(() -> m.optimizer.restore(more))
        .hasMessage("[restore] expected at most 2 updates of \"last\", got 3");
    Map<String, Tensor> foreign = m.optimizer.state();
    foreign.put("velocities/last", normal(Shape.of(2, 2)));
    assertThatThrownBy(() -> m.optimizer.restore(foreign)).hasMessageContaining("does not match");
    same(m.everything(), before);
  }
}
