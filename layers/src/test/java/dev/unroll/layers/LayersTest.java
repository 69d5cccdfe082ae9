package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.GradCheck;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every layer promises; cells promise more ({@code CellContract}). */
class LayersTest {
  private static final Init INIT = new Init(DType.FLOAT64, RandomKey.of(3));

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
    Supplier<Variable> f = () -> line.function(layer).apply(in);
    assertThat(Gradients.of(f.get().sum(), parameters.values()))
        .containsOnlyKeys(Set.copyOf(parameters.values()));
    assertThat(GradCheck.check(line.name(), f, parameters)).isEmpty();
    return layer;
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
