package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.GradCheck;
import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Tensor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every layer promises; cells promise more ({@code CellContract}). */
class LayersTest {
  private static final Init INIT = new Init(DType.FLOAT64, RandomKey.of(3));
  private static final RandomKey WEIGHTS = RandomKey.of(17);

  private static Stream<DynamicTest> each(Function<LayerTable.Line<?>, ?> check) {
    return LayerTable.lines().stream()
        .map(line -> DynamicTest.dynamicTest(line.name(), () -> check.apply(line)));
  }

  @TestFactory
  Stream<DynamicTest> gradientsByInputsMatchFiniteDifferences() {
    return each(LayersTest::inputs);
  }

  private static <L extends Layer> L inputs(LayerTable.Line<L> line) {
    L layer = line.make().apply(INIT);
    Function<List<Variable>, Variable> f = line.function(layer);
    assertThat(GradCheck.check(line.name(), f, line.samples())).isEmpty();
    assertThat(GradCheck.checkSecondOrder(line.name(), squared(f), line.samples())).isEmpty();
    return layer;
  }

  /** So that what is linear has a second derivative as well. */
  private static Function<List<Variable>, Variable> squared(Function<List<Variable>, Variable> f) {
    return in -> {
      Variable y = f.apply(in);
      return y.mul(y);
    };
  }

  @TestFactory
  Stream<DynamicTest> gradientsByParametersMatchFiniteDifferences() {
    return each(LayersTest::parameters);
  }

  private static <L extends Layer> L parameters(LayerTable.Line<L> line) {
    L layer = line.make().apply(INIT);
    List<Variable> in = Stream.of(line.samples()).map(Variable::of).toList();
    Map<String, Parameter> parameters = layer.parameters();
    Map<Parameter, Gradient> gradients =
        Gradients.of(contracted(line.function(layer).apply(in)), parameters.values());
    parameters.forEach((path, p) -> {
      double[] at = p.value().toDoubles().clone();
      double[] g = Objects.requireNonNull(gradients.get(p), path).dense().toDoubles();
      for (int i = 0; i < at.length; i++) {
        double high = shifted(line, layer, in, p, at, i, 1e-5);
        double low = shifted(line, layer, in, p, at, i, -1e-5);
        double expected = (high - low) / 2e-5;
        assertThat(g[i])
            .as("%s %s[%d]", line.name(), path, i)
            .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
      }
      p.update(Tensor.of(p.shape(), at));
    });
    return layer;
  }

  private static <L extends Layer> double shifted(
      LayerTable.Line<L> line,
      L layer,
      List<Variable> in,
      Parameter p,
      double[] at,
      int i,
      double by) {
    double[] moved = at.clone();
    moved[i] += by;
    p.update(Tensor.of(p.shape(), moved));
    return contracted(line.function(layer).apply(in)).value().item();
  }

  private static Variable contracted(Variable v) {
    return v.mul(Variable.of(WEIGHTS.normal(DType.FLOAT64, v.shape(), 0, 1))).sum();
  }

  @TestFactory
  Stream<DynamicTest> savedValuesMakeAnEqualLayer() {
    return each(LayersTest::saved);
  }

  private static <L extends Layer> L saved(LayerTable.Line<L> line) {
    L layer = line.make().apply(INIT);
    L other = line.make().apply(INIT.at("other"));
    List<Variable> in = Stream.of(line.samples()).map(Variable::of).toList();
    other.copyFrom(layer);
    Tensor expected = line.function(layer).apply(in).value();
    assertThat(line.function(other).apply(in).value().sameBits(expected)).isTrue();
    return other;
  }

  /** A layer without a line in the table fails here; cells promise more in a table of their own. */
  @Test
  void tableNamesEveryLayer() throws Exception {
    Path classes = Path.of(Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> names;
    try (Stream<Path> files = Files.walk(classes)) {
      names =
          files
              .map(f -> classes.relativize(f).toString().replace('/', '.'))
              .filter(f -> f.endsWith(".class") && f.startsWith("dev."))
              .map(f -> f.substring(0, f.length() - ".class".length()))
              .toList();
    }
    Set<String> layers = new TreeSet<>();
    for (String name : names) {
      Class<?> type = Class.forName(name);
      boolean isLayer = Layer.class.isAssignableFrom(type) && !Cell.class.isAssignableFrom(type);
      if (isLayer && Modifier.isPublic(type.getModifiers()) && !type.isInterface()) {
        layers.add(type.getSimpleName());
      }
    }
    assertThat(layers).contains("Linear", "AttentionModel", "Unroll");
    assertThat(LayerTable.lines().stream().map(LayerTable.Line::name)).containsAll(layers);
  }
}
