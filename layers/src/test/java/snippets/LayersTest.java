package snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Snapshot;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Block;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.EmbeddingDropout;
import dev.unroll.layers.Flatten;
import dev.unroll.layers.Init;
import dev.unroll.layers.Initializer;
import dev.unroll.layers.Layer;
import dev.unroll.layers.LayerNorm;
import dev.unroll.layers.Lengths;
import dev.unroll.layers.Linear;
import dev.unroll.layers.LoadReport;
import dev.unroll.layers.LockedDropout;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.RmsNorm;
import dev.unroll.layers.SequenceBlock;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.TiedLinear;
import dev.unroll.layers.Unflatten;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.layers}. */
class LayersTest {
  private final Init init = Init.seed(1);
  private final Variable x = random(Shape.of(2, 5, 4)); // [B, T, I]

  private static Variable random(Shape shape) {
    return Variable.of(RandomKey.of(5).normal(DType.FLOAT32, shape, 0, 1));
  }

  @Test
  void activation() {
    // @start region="Activation"
    Activation swish = x -> x.mul(x.sigmoid());
    Block hidden = Sequential.of(Linear.of(4, 8, init), swish);
    // @end
    assertThat(hidden.apply(x, Mode.evaluation()).shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void block() {
    // @start region="Block"
    Block block = Sequential.of(new Dropout(0.2), Linear.of(4, 8, init));
    Variable trained = block.apply(x, Mode.training(RandomKey.of(7)));
    Variable used = block.apply(x, Mode.evaluation());
    // @end
    assertThat(trained.shape()).isEqualTo(used.shape());
  }

  // @start region="Deterministic"
  /** Multiplies each feature by a number of its own. */
  record Scale(Parameter gain) implements Deterministic {
    static Scale of(int size, Init init) {
      return new Scale(init.full(1, size));
    }

    @Override
    public Variable apply(Variable x) {
      return x.mul(gain);
    }

    @Override
    public void describe(Parts parts) {
      parts.parameter("gain", gain);
    }
  }

  // @end

  @Test
  void deterministic() {
    Variable y = Scale.of(4, init).apply(x);
    assertThat(y.value().toFloats()).isEqualTo(x.value().toFloats());
  }

  @Test
  void dropout() {
    // @start region="Dropout"
    Dropout dropout = new Dropout(0.5);
    Variable dropped = dropout.apply(x, Mode.training(RandomKey.of(7)).at("input"));
    Variable same = dropout.apply(x, Mode.evaluation());
    // @end
    assertThat(dropped.value().toFloats()).contains(0);
    assertThat(same.value().toFloats()).isEqualTo(x.value().toFloats());
  }

  @Test
  void embedding() {
    // @start region="Embedding"
    Embedding embedding = Embedding.of(1000, 64, init);
    Variable ids = Variable.of(Tensor.of(Shape.of(2, 3), new int[] {5, 17, 3, 999, 0, 0}));
    Variable vectors = embedding.apply(ids); // [2, 3] -> [2, 3, 64]
    // @end
    assertThat(vectors.shape().dims()).containsExactly(2, 3, 64);
  }

  @Test
  void lockedDropout() {
    Mode mode = Mode.training(RandomKey.of(7));
    // @start region="LockedDropout"
    Variable dropped = new LockedDropout(0.4).apply(x, mode); // [B, T, I], a mask [B, 1, I]
    // @end
    assertThat(dropped.shape()).isEqualTo(x.shape());
  }

  @Test
  void embeddingDropout() {
    Mode mode = Mode.training(RandomKey.of(7));
    // @start region="EmbeddingDropout"
    Block words = new EmbeddingDropout(Embedding.of(100, 8, init), 0.1);
    Variable ids = Variable.of(Tensor.of(Shape.of(1, 3), new int[] {5, 17, 5}));
    Variable vectors = words.apply(ids, mode); // [1, 3, 8]; 5 is dropped twice, or not at all
    // @end
    assertThat(vectors.shape().dims()).containsExactly(1, 3, 8);
  }

  @Test
  void flatten() {
    Variable frames = random(Shape.of(2, 5, 3, 3, 1));
    // @start region="Flatten"
    Block vectors = Sequential.of(new Flatten(3), Linear.of(9, 4, init));
    Variable y = vectors.apply(frames, Mode.evaluation()); // [2, 5, 3, 3, 1] -> [2, 5, 4]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 4);
  }

  @Test
  void unflatten() {
    Variable x = random(Shape.of(2, 5));
    // @start region="Unflatten"
    Block grid = Sequential.of(Linear.of(5, 6, init), Unflatten.of(2, 3));
    Variable y = grid.apply(x, Mode.evaluation()); // [2, 5] -> [2, 2, 3]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 2, 3);
  }

  @Test
  void init() {
    // @start region="Init"
    Init init = Init.seed(42);
    Linear hidden = Linear.of(64, 32, init.at("hidden"));
    Linear classes = Linear.of(32, 2, init.at("classes")); // other random numbers
    Parameter weight = init.at("own").glorot(64, 32, 1);
    Init exact = new Init(DType.FLOAT64, RandomKey.of(42)); // for gradient checks
    // @end
    assertThat(hidden.weight().shape()).isEqualTo(weight.shape());
    assertThat(classes.weight().type()).isEqualTo(DType.FLOAT32);
    assertThat(Linear.of(2, 2, exact).weight().type()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void initializer() {
    // @start region="Initializer"
    Init uniform =
        Init.seed(1)
            .weights(Initializer.uniform(0.1)) // all matrices; biases remain, such as forget biases
            .part("head", (init, dims) -> init.normal(1 / Math.sqrt(dims[0]), dims));
    var config = new LanguageModel.Config("lstm", 50, 16, 32, 1);
    LanguageModel model = LanguageModel.of(config, uniform);
    LanguageModel zaremba =
        LanguageModel.of(
            config,
            Init.seed(1).weights(Initializer.uniform(0.1)).part("bias", Initializer.uniform(0.1)));
    // @end
    assertThat(model.parameters().get("unroll.cell.0.bias").value().get(32)).isEqualTo(1);
    assertThat(zaremba.parameters().get("unroll.cell.0.bias").value().get(32)).isLessThan(0.1);
  }

  // @start region="Layer"
  /** Two readings of one input. */
  record Twin(Linear left, Linear right) implements Layer {
    Variable apply(Variable x) {
      return left.apply(x).mul(right.apply(x).sigmoid());
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("left", left).layer("right", right);
    }
  }

  // @end

  private final Twin model = new Twin(Linear.of(4, 3, init), Linear.of(4, 3, init.at("right")));

  @Test
  void layer() {
    assertThat(model.parameters())
        .containsOnlyKeys("left.weight", "left.bias", "right.weight", "right.bias");
    // @start region="parametersWithout"
    Map<String, Parameter> trained = model.parametersWithout("left", "right.bias");
    // @end
    assertThat(trained).containsOnlyKeys("right.weight");
  }

  @Test
  void snapshot() {
    // @start region="snapshot"
    Snapshot now = model.snapshot();
    Tensor answer = now.call(() -> model.apply(x).value());
    // @end
    assertThat(answer.toFloats()).isEqualTo(model.apply(x).value().toFloats());
  }

  @Test
  void layerNorm() {
    // @start region="LayerNorm"
    Block block = Sequential.of(Linear.of(4, 8, init), LayerNorm.of(8, init), Activation.tanh());
    Variable y = block.apply(x, Mode.evaluation());
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void rmsNorm() {
    // @start region="RmsNorm"
    Block block = Sequential.of(RmsNorm.of(4, init), Linear.of(4, 8, init));
    Variable y = block.apply(x, Mode.evaluation());
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void lengths() {
    // @start region="Lengths"
    Tensor mask = Lengths.mask("score", x.shape(), DType.FLOAT32, 5, 3); // [2, 5]
    Variable filled = Lengths.filled("score", x, 0, new int[] {5, 3}); // zeros after the 3rd step
    // @end
    assertThat(mask.toFloats()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
    assertThat(filled.value().get(1, 4, 0)).isZero();
  }

  @Test
  void linear() {
    // @start region="Linear"
    Linear linear = Linear.of(4, 8, init);
    Variable y = linear.apply(x); // [2, 5, 4] -> [2, 5, 8]
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 5, 8);
  }

  @Test
  void loadReport() {
    Map<String, Tensor> values = Map.of("weight", Tensor.zeros(DType.FLOAT32, Shape.of(4, 8)));
    // @start region="LoadReport"
    LoadReport report = Linear.of(4, 8, init).load(values);
    boolean complete = report.isComplete(); // false: missing is [bias]
    // @end
    assertThat(complete).isFalse();
    assertThat(report.missing()).containsExactly("bias");
    assertThatThrownBy(report::orThrow).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mode() {
    Block model = Sequential.of(new Dropout(0.5), Linear.of(4, 8, init));
    RandomKey key = RandomKey.of(7);
    // @start region="Mode"
    Mode training = Mode.training(key.fold(3)); // of the third step
    Variable y = model.apply(x, training);
    Variable answer = model.apply(x, Mode.evaluation());
    // @end
    assertThat(y.shape()).isEqualTo(answer.shape());
    assertThat(answer.shape().dims()).containsExactly(2, 5, 8);
  }

  // @start region="Parts"
  /** A block with a shortcut around it. */
  record Shortcut(Block block, Parameter gate) implements Block {
    @Override
    public Variable apply(Variable x, Mode mode) {
      return x.add(block.apply(x, mode.at("block")).mul(gate));
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("block", block).parameter("gate", gate);
    }
  }

  // @end

  @Test
  void parts() {
    Shortcut shortcut = new Shortcut(Linear.of(4, 4, init), init.zeros(4));
    assertThat(shortcut.parameters()).containsOnlyKeys("block.weight", "block.bias", "gate");
    Variable y = shortcut.apply(x, Mode.evaluation());
    assertThat(y.value().toFloats()).isEqualTo(x.value().toFloats());
  }

  @Test
  void sequenceBlock() {
    // @start region="SequenceBlock"
    SequenceBlock conv = Conv1d.of(4, 8, Window.of(3), init);
    Variable y = conv.apply(x, new int[] {5, 4}, Mode.evaluation()); // [2, 5, 4] -> [2, 3, 8]
    int[] lengths = conv.lengths(5, 4); // 3, 2
    // @end
    assertThat(y.shape().dims()).containsExactly(2, 3, 8);
    assertThat(lengths).containsExactly(3, 2);
  }

  @Test
  void sequential() {
    // @start region="Sequential"
    Sequential classifier =
        Sequential.of(
            Linear.of(4, 32, init.at("hidden")),
            Activation.relu(),
            new Dropout(0.5),
            Linear.of(32, 2, init.at("classes")));
    Variable logits = classifier.apply(x, Mode.evaluation());
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 5, 2);
  }

  @Test
  void tiedLinear() {
    // @start region="TiedLinear"
    Embedding embedding = Embedding.of(1000, 4, init.at("embedding"));
    TiedLinear head = TiedLinear.of(embedding, init.at("head"));
    Variable logits = head.apply(x); // [2, 5, 4] -> [2, 5, 1000]
    // @end
    assertThat(logits.shape().dims()).containsExactly(2, 5, 1000);
  }
}
