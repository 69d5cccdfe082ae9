package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Block;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.recurrent.wrappers.InputDropout;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.recurrent.wrappers.Resettable;
import dev.unroll.layers.recurrent.wrappers.Residual;
import dev.unroll.layers.recurrent.wrappers.VariationalDropout;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.EncoderDecoder;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.attention.AttentionCell;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.attention.DotAttention;
import dev.unroll.layers.sequence.attention.LuongCell;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In training, each site of a model draws random numbers of its own, in both passes the same. */
class SitesTest {
  private static final RandomKey KEY = RandomKey.of(55);
  private static final Mode TRAINING = Mode.training(KEY);
  private static final int N = 2;

  /** The key and the first column of noise that a part of a model received. */
  private record Drawn(Object site, RandomKey key, List<Double> noise) {}

  /** A cell with dropout and noise that records the mode it receives. */
  private record Probe(Object site, List<Drawn> drawn) implements Cell<Hidden> {
    @Override
    public int inputSize() {
      return N;
    }

    @Override
    public int outputSize() {
      return N;
    }

    @Override
    public int noise() {
      return N;
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return new Hidden(Cell.zeros(type, batch, N));
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      Mode.Training training = (Mode.Training) mode;
      double[] noise = training.noise(0, N).value().toDoubles();
      drawn.add(new Drawn(site, training.key(), Arrays.stream(noise).boxed().toList()));
      return new Step<>(s.h().add(x.slice(1, 0, N)), new Hidden(x.slice(1, 0, N)));
    }

    @Override
    public void describe(Parts parts) {}
  }

  /** A block that records the mode it receives. */
  private record ProbeBlock(Object site, List<Drawn> drawn) implements Block {
    @Override
    public Variable apply(Variable x, Mode mode) {
      drawn.add(new Drawn(site, ((Mode.Training) mode).key(), List.of()));
      return x;
    }

    @Override
    public void describe(Parts parts) {}
  }

  private static final class Probes {
    private final List<Drawn> drawn = new ArrayList<>();

    Probe cell() {
      return new Probe(new Object(), drawn);
    }

    /** A cell with a larger input size than it uses. */
    Cell<Hidden> wide(int inputSize) {
      return new Stepping(cell(), inputSize);
    }

    Unroll<Hidden> unroll() {
      return Unroll.of(cell()).eager();
    }

    Bidirectional<Hidden> pair() {
      return new Bidirectional<>(unroll(), Unroll.backward(cell()).eager());
    }

    ProbeBlock block() {
      return new ProbeBlock(new Object(), drawn);
    }
  }

  private record Stepping(Probe probe, int inputSize) implements Cell<Hidden> {
    @Override
    public int outputSize() {
      return probe.outputSize();
    }

    @Override
    public int noise() {
      return probe.noise();
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return probe.initialState(batch, type);
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      return probe.step(x, s, mode);
    }

    @Override
    public void describe(Parts parts) {}
  }

  private static final Init INIT = new Init(DType.FLOAT64, KEY);
  private static final Variable X =
      Variable.input(KEY.normal(DType.FLOAT64, Shape.of(2, 3, N), 0, 1));
  private static final int[] LENGTHS = {3, 2};
  private static final Variable TOKENS =
      Variable.of(Tensor.of(Shape.of(2, 2), new int[] {0, 1, 2, 1}));

  private static Linear head(int in) {
    return Linear.of(in, 3, INIT);
  }

  private static ManyToOne reader(Probes p) {
    return new ManyToOne(p.block(), p.pair(), Pooling.max(), Sequential.of(head(2 * N)));
  }

  private static AttentionModel<Hidden> looking(Probes p, AttentionCell<Hidden> cell) {
    return AttentionModel.of(
        p.block(), p.unroll(), cell, Embedding.of(3, N, INIT), head(cell.outputSize()), INIT);
  }

  /** Models of several parts; each part has a key of its own. */
  private static Map<String, BiFunction<Probes, Mode, Variable>> models() {
    Map<String, BiFunction<Probes, Mode, Variable>> all = new LinkedHashMap<>();
    all.put("Bidirectional", (p, m) -> p.pair().apply(X, LENGTHS, m).outputs());
    all.put("Bidirectional, whole", (p, m) -> p.pair().apply(X, m).outputs());
    all.put("Bidirectional, lengths", (p, m) -> p.pair().apply(X, LENGTHS, m).outputs());
    all.put(
        "Stacked",
        (p, m) -> {
          Stacked inner = new Stacked(List.of(p.cell(), p.cell()));
          Stacked stack = new Stacked(List.of(p.cell(), inner, new Clipped<>(p.cell(), 9)));
          return Unroll.of(stack).eager().apply(X, LENGTHS, m).outputs();
        });
    all.put(
        "RecurrentStack",
        (p, m) ->
            new RecurrentStack(
                    List.of(p.unroll(), p.unroll(), RecurrentStack.of(p.unroll(), p.unroll())),
                    new Dropout(0))
                .apply(X, LENGTHS, m)
                .outputs());
    all.put(
        "Sequential",
        (p, m) -> Sequential.of(p.block(), Sequential.of(p.block(), p.block())).apply(X, m));
    all.put("ManyToOne", (p, m) -> reader(p).apply(X, LENGTHS, m));
    all.put(
        "ManyToMany",
        (p, m) -> new ManyToMany(p.block(), p.pair(), p.block()).apply(X, LENGTHS, m));
    all.put(
        "Decoder",
        (p, m) -> {
          Block embedding = Sequential.of(Embedding.of(3, N, INIT), p.block());
          Decoder<Hidden> d = Decoder.of(embedding, p.cell(), Sequential.of(p.block(), head(N)));
          return d.apply(TOKENS, d.unroll().initialState(2, DType.FLOAT64), m).logits();
        });
    all.put(
        "EncoderDecoder",
        (p, m) -> {
          Cell<Hidden> cell = p.cell();
          Decoder<Hidden> decoder = decoder(cell, head(N));
          return new EncoderDecoder<>(reader(p), new OneToMany<>(Bridge.of(3, cell, INIT), decoder))
              .apply(X, LENGTHS, TOKENS, m);
        });
    all.put(
        "AttentionModel",
        (p, m) ->
            looking(p, new BahdanauCell<>(p.wide(2 * N), new DotAttention(), N))
                .apply(X, LENGTHS, TOKENS, m));
    all.put(
        "AttentionModel, Luong",
        (p, m) ->
            looking(p, LuongCell.of(p.wide(2 * N), new DotAttention(), N, INIT))
                .apply(X, LENGTHS, TOKENS, m));
    return all;
  }

  private static Decoder<Hidden> decoder(Cell<Hidden> cell, Linear head) {
    return Decoder.of(Embedding.of(3, N, INIT), cell, head);
  }

  static Stream<String> modelNames() {
    return models().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modelNames")
  void everySiteOfAModelDrawsItsOwnNumbers(String name) {
    Probes probes = new Probes();
    models().get(name).apply(probes, TRAINING);
    Map<Object, RandomKey> keys = new LinkedHashMap<>();
    Map<Object, Set<List<Double>>> noise = new LinkedHashMap<>();
    for (Drawn d : probes.drawn) {
      assertThat(keys.getOrDefault(d.site, d.key)).as("one key at each step").isEqualTo(d.key);
      keys.put(d.site, d.key);
      noise.computeIfAbsent(d.site, s -> new java.util.HashSet<>()).add(d.noise);
    }
    assertThat(keys).hasSizeGreaterThan(1);
    assertThat(keys.values()).doesNotHaveDuplicates();
    assertThat(keys.values()).doesNotContain(KEY);
    List<Double> numbers =
        noise.values().stream().flatMap(Set::stream).flatMap(List::stream).toList();
    assertThat(numbers).doesNotHaveDuplicates();
  }

  /** Each wrapper around a cell, and whether it samples random numbers itself. */
  private static Map<String, UnaryOperator<Cell<Hidden>>> wrappers() {
    Map<String, UnaryOperator<Cell<Hidden>>> all = new LinkedHashMap<>();
    all.put("Clipped", c -> new Clipped<>(c, 100));
    all.put("InputDropout", c -> new InputDropout<>(c, 0.5));
    all.put("LearnedStart", c -> LearnedStart.of(c, INIT));
    all.put("Resettable", Resettable::new);
    all.put("Residual", Residual::new);
    all.put("VariationalDropout", c -> new VariationalDropout<>(c, 0.5, 0));
    all.put("Zoneout", c -> new Zoneout<>(c, 0.5));
    return all;
  }

  static Stream<String> wrapperNames() {
    return wrappers().keySet().stream();
  }

  @Test
  void noWrapperIsMissing() throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes = Path.of(Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path f : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = classes.relativize(f).toString().replace('/', '.');
        if (name.startsWith("dev.unroll.layers.")) {
          Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
          if (Wrapper.class.isAssignableFrom(type) && type.isRecord()) {
            found.add(type.getSimpleName());
          }
        }
      }
    }
    found.remove("StateOutput"); // Not a site: it shows the state of the cell that it is given.
    assertThat(wrappers().keySet()).containsAll(found);
  }

  @ParameterizedTest
  @MethodSource("wrapperNames")
  void aWrapperInAWrapperDrawsOtherNumbers(String name) {
    UnaryOperator<Cell<Hidden>> wrapper = wrappers().get(name);
    Probes probes = new Probes();
    Cell<Hidden> twice = wrapper.apply(wrapper.apply(probes.cell()));
    Tensor x = KEY.normal(DType.FLOAT64, Shape.of(2, 3, twice.inputSize()), 0, 1);
    Unroll.of(twice).eager().apply(Variable.of(x), TRAINING);
    assertThat(probes.drawn)
        .isNotEmpty()
        .allSatisfy(d -> {
          assertThat(d.key).isEqualTo(((Mode.Training) TRAINING.at("cell").at("cell")).key());
          assertThat(d.key).isNotEqualTo(KEY);
        });
  }

  /** A cell that outputs its input and carries it. */
  private static RnnCell passing(int size) {
    return new RnnCell(
        INIT.identity(size),
        INIT.zeros(size, size),
        INIT.zeros(size),
        dev.unroll.layers.Activation.identity());
  }

  @Test
  void twoDropoutsKeepAQuarterAndTheMean() {
    int size = 200;
    Variable ones = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(20, 5, size), 1));
    for (Cell<Hidden> cell :
        List.<Cell<Hidden>>of(
            new VariationalDropout<>(new VariationalDropout<>(passing(size), 0.5, 0), 0.5, 0),
            new InputDropout<>(new InputDropout<>(passing(size), 0.5), 0.5))) {
      double[] y = Unroll.of(cell).apply(ones, TRAINING).outputs().value().toDoubles();
      double kept = Arrays.stream(y).filter(v -> v == 4).count() / (double) y.length;
      assertThat(kept).isBetween(0.22, 0.28);
      assertThat(Arrays.stream(y).filter(v -> v != 4).toArray()).containsOnly(0);
    }
    Cell<Hidden> zoneouts = new Zoneout<>(new Zoneout<>(passing(size), 0.5), 0.5);
    Variable first = ones.slice(1, 0, 1);
    double[] y = Unroll.of(zoneouts).apply(first, TRAINING).outputs().value().toDoubles();
    double taken = Arrays.stream(y).filter(v -> v == 1).count() / (double) y.length;
    assertThat(taken).isBetween(0.22, 0.28);
  }

  @Test
  void bothDirectionsDropIndependently() {
    int size = 200;
    Variable ones = Variable.of(Tensor.full(DType.FLOAT64, Shape.of(20, 5, size), 1));
    for (UnaryOperator<Cell<Hidden>> w :
        List.<UnaryOperator<Cell<Hidden>>>of(
            c -> new InputDropout<>(c, 0.5), c -> new VariationalDropout<>(c, 0.5, 0))) {
      Bidirectional<Hidden> pair = Bidirectional.of(w.apply(passing(size)), w.apply(passing(size)));
      Recurrent.Result<Bidirectional.States<Hidden>> r = pair.apply(ones, TRAINING);
      double[] f = r.outputs().slice(2, 0, size).value().toDoubles();
      double[] b = r.outputs().slice(2, size, 2 * size).value().toDoubles();
      int equal = 0;
      for (int i = 0; i < f.length; i++) {
        equal += f[i] == b[i] ? 1 : 0;
      }
      assertThat(equal / (double) f.length).isBetween(0.45, 0.55);
    }
  }

  /** Elements that the forward pass dropped have gradient 0. */
  @Test
  void theBackwardPassDropsWhatTheForwardPassDropped() {
    Variable ones = Variable.input(Tensor.full(DType.FLOAT64, Shape.of(4, 5, N), 1));
    Cell<Hidden> cell = new VariationalDropout<>(new InputDropout<>(passing(N), 0.4), 0.4, 0.4);
    Bidirectional<Hidden> pair = Bidirectional.of(cell, cell);
    for (Recurrent<?> r : List.of(Unroll.of(cell), Unroll.of(cell).checkpointed(), pair)) {
      Variable y = r.apply(ones, new int[] {5, 5, 5, 5}, TRAINING).outputs();
      Variable g =
          Gradients.of(y.sum(), Variable.scalar(DType.FLOAT64, 1), List.of(ones)).getFirst();
      Variable both = r instanceof Bidirectional ? y.slice(2, 0, N).add(y.slice(2, N, 2 * N)) : y;
      assertThat(g.value().toDoubles()).containsExactly(both.value().toDoubles());
    }
  }
}
