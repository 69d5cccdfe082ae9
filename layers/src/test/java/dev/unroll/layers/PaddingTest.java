package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.MaxPool1d;
import dev.unroll.layers.conv.MeanPool1d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.ManyToMany;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.layers.sequence.attention.Attention;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What padding holds changes neither a value nor a gradient, whatever it is, in any layer. */
class PaddingTest {
  private static final RandomKey KEY = RandomKey.of(0xbad);
  private static final Init INIT = new Init(DType.FLOAT64, KEY);
  private static final int[] LENGTHS = {4, 0, 2};
  private static final double[] POISON = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -1e300
  };

  /** Above 0, where logarithms and reciprocals are finite. */
  private static final Tensor POSITIVE = KEY.uniform(DType.FLOAT64, Shape.of(3, 4, 2), 0.5, 2);

  private static Activation log() {
    return Variable::log;
  }

  private static Activation reciprocal() {
    return x -> Variable.scalar(x.type(), 1).div(x);
  }

  /** {@code query . memory / |memory|}, which 0 in the place of padding breaks. */
  private record Cosine() implements Attention {
    @Override
    public Variable keys(Variable memory) {
      Variable squares = memory.mul(memory).sumTo(memory.shape().with(2, 1));
      return memory.div(squares.sqrt());
    }

    @Override
    public Variable scores(Variable query, Variable keys) {
      return keys.matmul(query.reshape(query.shape().insert(2, 1)))
          .reshape(keys.shape().without(2));
    }

    @Override
    public void describe(Parts parts) {}
  }

  private static <L extends Layer> LayerTable.Line<L> line(
      String name, Function<Init, L> make, BiFunction<L, Variable, Variable> apply) {
    return new LayerTable.Line<>(name, make, (l, in) -> apply.apply(l, in.getFirst()), POSITIVE);
  }

  private static LayerTable.Line<SequenceBlock> block(String name, Function<Init, Block> make) {
    return line(
        name,
        i -> SequenceBlock.of(make.apply(i)),
        (b, x) -> {
          Variable y = b.apply(x, LENGTHS, Mode.evaluation());
          // What comes out after the end means nothing: no loss reads it.
          return Lengths.filled("test", y, 0, b.lengths(LENGTHS));
        });
  }

  private static Unroll<?> positive(Init i) {
    return Unroll.of(
        new RnnCell(
            i.at("w").glorot(2, 3, 1),
            i.at("u").glorot(3, 3, 1),
            i.zeros(3),
            Activation.sigmoid()));
  }

  private static List<LayerTable.Line<?>> lines() {
    List<LayerTable.Line<?>> all = new ArrayList<>();
    LayerTable.lines().stream()
        .filter(l -> l.samples()[0].shape().rank() == 3)
        .filter(l -> l.samples()[0].shape().dim(0) == 3 && l.samples()[0].shape().dim(1) == 4)
        .forEach(all::add);
    assertThat(all.stream().map(LayerTable.Line::name))
        .contains("Pooling.max", "AttentionPooling", "Unroll", "ManyToOne", "AttentionModel");
    Window three = Window.of(3);
    all.add(block("log", i -> log()));
    all.add(block("reciprocal", i -> reciprocal()));
    all.add(block("Linear", i -> Linear.of(2, 3, i)));
    all.add(block("LayerNorm", i -> LayerNorm.of(2, i)));
    all.add(block("RmsNorm", i -> RmsNorm.of(2, i)));
    all.add(block("Conv1d, same", i -> Conv1d.of(2, 3, three.same(), i)));
    all.add(block("Conv1d, causal", i -> Conv1d.of(2, 3, three.dilation(2).causal(), i)));
    all.add(block("Conv1d, strided", i -> Conv1d.of(2, 3, Window.adjacent(2), i)));
    all.add(block("MaxPool1d", i -> new MaxPool1d(three.same())));
    all.add(block("MaxPool1d, dilated", i -> new MaxPool1d(Window.of(2).dilation(3).same())));
    all.add(block("MeanPool1d", i -> new MeanPool1d(three.padding(1).stride(2))));
    all.add(
        block(
            "Sequential",
            i ->
                Sequential.of(
                    log(),
                    Conv1d.of(2, 3, three.same(), i.at("low")),
                    Activation.sigmoid(),
                    log(),
                    reciprocal(),
                    Sequential.of(new MaxPool1d(Window.of(2)), Conv1d.of(3, 2, three.same(), i)))));
    all.add(
        line(
            "ManyToOne of logarithms",
            i ->
                new ManyToOne(
                    Sequential.of(log(), Linear.of(2, 2, i)),
                    Unroll.of(GruCell.of(2, 3, i)),
                    Pooling.mean(),
                    Linear.of(3, 2, i.at("head"))),
            (m, x) -> m.apply(x, LENGTHS, Mode.evaluation())));
    all.add(
        line(
            "ManyToMany of logarithms",
            i ->
                new ManyToMany(reciprocal(), positive(i), Sequential.of(log(), Linear.of(3, 2, i))),
            (m, x) -> m.apply(x, LENGTHS, Mode.evaluation())));
    all.add(
        line(
            "ManyToOne of convolutions",
            i ->
                new ManyToOne(
                    Sequential.of(
                        Conv1d.of(2, 2, three.same().stride(2), i), Activation.sigmoid(), log()),
                    Unroll.of(GruCell.of(2, 3, i)),
                    Pooling.last(),
                    Linear.of(3, 2, i.at("head"))),
            (m, x) -> m.apply(x, LENGTHS, Mode.evaluation())));
    all.add(
        line(
            "Attention over what is padded",
            i -> new BahdanauCell<>(LstmCell.of(3, 2, i), new Cosine(), 2),
            (c, x) -> {
              Variable in = Variable.of(KEY.normal(DType.FLOAT64, Shape.of(3, 1), 0, 1));
              var start = c.start(c.cell().initialState(3, DType.FLOAT64), x, LENGTHS);
              var once = c.step(in, start, Mode.evaluation());
              return c.step(in, once.state(), Mode.evaluation()).output();
            }));
    all.add(
        line(
            "AttentionModel of logarithms",
            i ->
                AttentionModel.of(
                    log(),
                    positive(i),
                    new BahdanauCell<>(GruCell.of(5, 3, i.at("cell")), new Cosine(), 3),
                    Embedding.of(5, 2, i.at("embedding")),
                    Linear.of(6, 5, i.at("head")),
                    i),
            (m, x) ->
                m.apply(
                    x,
                    LENGTHS,
                    Variable.of(Tensor.of(Shape.of(3, 2), new int[] {0, 1, 4, 2, 3, 3})),
                    Mode.evaluation())));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> paddingChangesNeitherValueNorGradient() {
    return lines().stream().map(l -> DynamicTest.dynamicTest(l.name(), () -> law(l)));
  }

  private static <L extends Layer> void law(LayerTable.Line<L> line) {
    L layer = line.make().apply(INIT);
    Tensor sample = line.samples()[0];
    List<double[]> clean = run(line, layer, sample);
    for (int p = 0; p < POISON.length; p++) {
      List<double[]> found = run(line, layer, poisoned(sample, p));
      for (int i = 0; i < clean.size(); i++) {
        assertThat(found.get(i))
            .as("%s of %s with %s", i == 0 ? "value" : "gradient " + i, line.name(), POISON[p])
            .containsExactly(clean.get(i), within(1e-12));
      }
      int width = sample.shape().size() / 12;
      for (int i = 0; i < 12 * width; i++) {
        if (i / width % 4 >= LENGTHS[i / width / 4]) {
          assertThat(found.get(1)[i]).isZero();
        }
      }
    }
  }

  /** Holds one poison in all padding, or a different one at each element. */
  private static Tensor poisoned(Tensor sample, int which) {
    double[] x = sample.toDoubles();
    int width = x.length / 12;
    for (int i = 0; i < x.length; i++) {
      if (i / width % 4 >= LENGTHS[i / width / 4]) {
        x[i] = POISON[which == 0 ? i % POISON.length : which];
      }
    }
    return Tensor.of(sample.shape(), x);
  }

  /** The value, the gradient of a sum of squares by the sample, and those by all parameters. */
  private static <L extends Layer> List<double[]> run(
      LayerTable.Line<L> line, L layer, Tensor sample) {
    Variable x = Variable.input(sample);
    List<Variable> in = new ArrayList<>(List.of(x));
    Stream.of(line.samples()).skip(1).map(Variable::of).forEach(in::add);
    Variable y = line.function(layer).apply(in);
    if (y.shape().rank() == 3 && y.shape().dim(1) == 4) {
      y = Lengths.filled("test", y, 0, LENGTHS);
    }
    List<Variable> by = new ArrayList<>(List.of(x));
    by.addAll(layer.parameters().values());
    List<double[]> all = new ArrayList<>(List.of(y.value().toDoubles()));
    Gradients.of(y.mul(y).sum(), Variable.scalar(y.type(), 1), by)
        .forEach(g -> all.add(g.value().toDoubles()));
    assertThat(all)
        .as(line.name())
        .allSatisfy(v -> assertThat(Arrays.stream(v).allMatch(Double::isFinite)).isTrue());
    return all;
  }

  @TestFactory
  Stream<DynamicTest> eachSequenceGivesWhatItGivesAlone() {
    return lines().stream()
        .filter(l -> l.make().apply(INIT) instanceof SequenceBlock)
        .map(l -> DynamicTest.dynamicTest(l.name(), () -> alone(l.make().apply(INIT))));
  }

  private static void alone(Layer layer) {
    SequenceBlock block = (SequenceBlock) layer;
    Variable all = block.apply(Variable.of(poisoned(POSITIVE, 0)), LENGTHS, Mode.evaluation());
    int[] valid = block.lengths(LENGTHS);
    for (int b : new int[] {0, 2}) {
      Variable row = Variable.of(POSITIVE.slice(0, b, b + 1).slice(1, 0, LENGTHS[b]));
      Tensor one = block.apply(row, Mode.evaluation()).value();
      assertThat(one.shape().dim(1)).isEqualTo(valid[b]);
      assertThat(all.value().select(0, b).slice(0, 0, valid[b]).toDoubles())
          .containsExactly(one.toDoubles(), within(1e-12));
    }
    assertThat(valid[1]).isLessThanOrEqualTo(block.lengths(1)[0]);
  }

  @Test
  void tokensAfterTheEndMayBeOutsideTheVocabulary() {
    ManyToOne model =
        new ManyToOne(
            Embedding.of(5, 2, INIT),
            Unroll.of(GruCell.of(2, 3, INIT)),
            Pooling.last(),
            Linear.of(3, 2, INIT));
    Tensor clean = Tensor.of(Shape.of(3, 3), new int[] {1, 2, 3, 4, 0, 0, 0, 0, 0});
    Tensor odd = Tensor.of(Shape.of(3, 3), new int[] {1, 2, 3, 4, -1, 99, 1 << 30, -7, 5});
    int[] lengths = {3, 1, 0};
    Tensor expected = model.apply(Variable.of(clean), lengths, Mode.evaluation()).value();
    Tensor found = model.apply(Variable.of(odd), lengths, Mode.evaluation()).value();
    assertThat(found.sameBits(expected)).isTrue();
    Variable none = model.apply(Variable.of(odd), new int[] {0, 0, 0}, Mode.evaluation());
    assertThat(none.value().select(0, 0).sameBits(found.select(0, 2))).isTrue();
  }

  @Test
  void whereNothingIsValidNothingIsComputed() {
    double[] nan = new double[24];
    Arrays.fill(nan, Double.NaN);
    Variable x = Variable.input(Tensor.of(Shape.of(3, 4, 2), nan));
    for (Block b : List.of(log(), reciprocal(), Conv1d.of(2, 2, Window.of(3), INIT))) {
      Variable y = SequenceBlock.of(b).apply(x, new int[] {0, 0, 0}, Mode.evaluation());
      assertThat(y.value().toDoubles()).doesNotContain(Double.NaN, Double.NEGATIVE_INFINITY);
    }
    assertThat(SequenceBlock.of(Conv1d.of(2, 2, Window.of(3), INIT)).lengths(4, 3, 2, 0))
        .containsExactly(2, 1, 0, 0);
  }
}
