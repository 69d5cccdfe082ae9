package dev.unroll.checks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Parameter;
import dev.unroll.data.Order;
import dev.unroll.data.TokenStream;
import dev.unroll.data.Windows;
import dev.unroll.layers.Mode;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Plateau;
import dev.unroll.optim.Schedule;
import dev.unroll.optim.Sgd;
import dev.unroll.optim.WeightAverage;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Normalizer;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.nori.Morphemes;
import dev.unroll.text.tokenize.BpeTraining;
import dev.unroll.text.tokenize.WordPiece;
import dev.unroll.text.tokenize.Words;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The results of factories and constructors print what matters. */
class FactoryTextTest {
  /**
   * Those that take a name, a path, a class, a whole alphabet, or arguments that belong together.
   */
  private static final Set<String> WITHOUT_EXAMPLE =
      Set.of(
          "dev.unroll.layers.recurrent.cells.Cells",
          "dev.unroll.models.LayerType",
          "dev.unroll.optim.Optimizers",
          "dev.unroll.text.Tokenizers",
          "dev.unroll.text.tokenize.ByteLevelBpe",
          "dev.unroll.text.tokenize.TextEncoder",
          "dev.unroll.text.tokenize.TokenizerJson",
          "dev.unroll.text.tokenize.WordPiece",
          "dev.unroll.training.ClassReport");

  private static Stream<Executable> executables() throws IOException, ClassNotFoundException {
    Set<Class<?>> types = Exported.types().collect(toSet());
    Stream<Method> factories =
        types.stream()
            .flatMap(t -> Arrays.stream(t.getDeclaredMethods()))
            .filter(m -> Modifier.isStatic(m.getModifiers()) && types.contains(m.getReturnType()))
            .filter(m -> !m.getReturnType().isRecord() && !m.getName().equals("valueOf"))
            .filter(m -> !Set.of("load", "parse", "read").contains(m.getName()));
    Stream<Constructor<?>> constructors =
        types.stream()
            .filter(t -> !Modifier.isAbstract(t.getModifiers()) && !t.isRecord())
            .flatMap(t -> Arrays.stream(t.getDeclaredConstructors()));
    return Stream.<Executable>concat(factories, constructors)
        .filter(e -> Modifier.isPublic(e.getModifiers()) && !e.isSynthetic())
        .filter(e -> !WITHOUT_EXAMPLE.contains(e.getDeclaringClass().getName()));
  }

  @ParameterizedTest
  @MethodSource("executables")
  void noAddressIsPrinted(Executable e) throws ReflectiveOperationException {
    Object[] arguments = Arrays.stream(e.getGenericParameterTypes()).map(Instances::of).toArray();
    Object made =
        switch (e) {
          case Method m -> m.invoke(null, arguments);
          case Constructor<?> c -> c.newInstance(arguments);
        };
    assertThat(made.toString())
        .isNotBlank()
        .doesNotContain("Lambda")
        .doesNotContainPattern("@[0-9a-f]{3,}");
  }

  @Test
  void schedulesPrintTheirArguments() {
    assertThat(Schedule.cosine(1000).warmUp(100)).hasToString("warmUp(100) then cosine(1000)");
    assertThat(Schedule.constant()).hasToString("constant");
    assertThat(Schedule.step(10, 0.5)).hasToString("step(10, 0.5)");
    assertThat(Schedule.exponential(0.9)).hasToString("exponential(0.9)");
    assertThat(Schedule.cosineWithRestarts(10, 2)).hasToString("cosineWithRestarts(10, 2)");
    assertThat(Schedule.oneCycle(100, 0.1)).hasToString("oneCycle(100, 0.1)");
    assertThat(Schedule.zaremba(10, 4, 2)).hasToString("zaremba(10, 4, 2.0)");
    Schedule own = updates -> 1;
    assertThat(own.warmUp(5)).hasToString("warmUp(5) then a function");
    Plateau plateau = new Plateau(1, 0.5);
    plateau.observe(Double.NaN);
    assertThat(plateau).hasToString("Plateau[patience=1, decay=0.5, factor=0.5]");
  }

  @Test
  void optimizersPrintTheirHyperparameters() {
    Parameter p = new Parameter(Tensor.zeros(DType.FLOAT32, Shape.of(2)));
    Parameter q = new Parameter(Tensor.zeros(DType.FLOAT32, Shape.of(2)));
    Optimizer adam = Optimizer.of(new Adam(), Map.of("p", p));
    assertThat(adam)
        .hasToString(
            "Optimizer[adam beta1=0.9 beta2=0.999 epsilon=1.0E-8 learningRate=0.001 for 1 parameters;"
                + " 0 updates]");
    Optimizer.Group decayed = new Optimizer.Group(new Sgd(0.5), Map.of("p", p));
    Optimizer.Group rest = new Optimizer.Group(new Sgd(0.25), Map.of("q", q));
    assertThat(Optimizer.of(List.of(decayed, rest)))
        .hasToString(
            "Optimizer[sgd learningRate=0.5 for 1 parameters; sgd learningRate=0.25 for 1 parameters;"
                + " 0 updates]");
    assertThat(new WeightAverage(0.9, Map.of("p", p)))
        .hasToString("WeightAverage[decay=0.9, 1 parameters, 0 updates]");
  }

  @Test
  void dataAndTextPrintTheirSizes() {
    assertThat(Mode.evaluation()).hasToString("evaluation");
    assertThat(new TokenStream(new int[9], 2, 4).toString())
        .startsWith("TokenStream[9 tokens (hash ")
        .endsWith(") in 2 rows, windows of 4]");
    assertThat(new Windows(Tensor.zeros(DType.FLOAT32, Shape.of(10, 1)), 3, 2, 1))
        .hasToString("6 windows of 3 + 2 steps, stride 1");
    assertThat(Order.shuffled(10, 4, RandomKey.of(1))).hasToString("shuffled(10, 4)");
    assertThat(Order.buckets(new int[] {3, 4}, 2, 5, RandomKey.of(1)))
        .hasToString("buckets(2, 2, 5)");
    assertThat(new Morphemes()).hasToString("Morphemes");
    assertThat(Normalizer.replacing(Pattern.compile("a+"), "b"))
        .hasToString("replacing(a+, \"b\")");
    assertThat(Normalizer.shortened(2)).hasToString("shortened(2)");
    assertThat(new WordPiece(new Words(), List.of("[UNK]", "a")))
        .hasToString("WordPiece[2 tokens, words=Words]");
    assertThat(new BpeTraining(257, 1).byteLevel(List.of("aaaa")).toString())
        .startsWith("ByteLevelBpe[257 tokens, ");
    assertThat(Vocabulary.of(Map.of("a", 2L, "b", 1L)).toString())
        .startsWith("Vocabulary[3 tokens");
  }
}
