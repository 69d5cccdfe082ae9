package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.MaxPool1d;
import dev.unroll.layers.conv.MeanPool2d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.recurrent.foreign.ForeignWeights;
import dev.unroll.layers.recurrent.foreign.TorchRecurrent;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.Fields;
import dev.unroll.testing.TorchCase;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Layers against what PyTorch computed: values, and gradients by inputs and parameters. */
@Tag("conformance")
class TorchLayersTest {
  @TestFactory
  Stream<DynamicTest> layersAgreeWithPyTorch() {
    return TorchTensors.all("layers").stream()
        .map(c -> Conformance.test("torch/layers", c.name(), () -> check(c)));
  }

  private static void check(TorchCase c) {
    Fields config = c.config();
    switch (c.kind()) {
      case "recurrent" -> TorchRecurrent.check(c);
      case "activation" -> activation(c);
      case "embedding" -> embedding(c);
      case "layer_norm" -> {
        config.only("eps", 1e-5);
        config.about("normalized_shape");
        LayerNorm norm =
            new LayerNorm(
                new Parameter(TorchTensors.read(c, "parameter/weight")),
                new Parameter(TorchTensors.read(c, "parameter/bias")));
        check(c, norm, same(), Map.of("weight", norm.gain(), "bias", norm.bias()), same());
      }
      case "linear" -> {
        Linear linear =
            ForeignWeights.PYTORCH.linear(
                TorchTensors.read(c, "parameter/weight"), TorchTensors.read(c, "parameter/bias"));
        config.about("layout");
        check(
            c,
            linear,
            same(),
            Map.of("weight", linear.weight(), "bias", linear.bias()),
            t -> t.shape().rank() == 2 ? t.transpose(0, 1) : t);
      }
      case "conv1d" -> conv1d(c);
      case "conv2d" -> conv2d(c);
      case "max_pool1d" -> {
        Window window = Window.of(config.integer("kernel", 0)).stride(config.integer("stride", 0));
        check(c, new MaxPool1d(window), t -> t.permute(0, 2, 1), Map.of(), same());
      }
      case "avg_pool2d" -> {
        Window window = Window.adjacent(config.integer("kernel", 0));
        UnaryOperator<Tensor> last = t -> t.permute(0, 2, 3, 1);
        check(c, new MeanPool2d(window, window), last, Map.of(), same());
      }
      default -> throw new NotThereException("layer " + c.kind());
    }
  }

  private static UnaryOperator<Tensor> same() {
    return UnaryOperator.identity();
  }

  private static void activation(TorchCase c) {
    // None of those of the set: sigmoid, tanh, relu and identity are all that there are.
    throw new NotThereException("activation " + c.config().text("name", ""));
  }

  private static void embedding(TorchCase c) {
    Parameter table = new Parameter(TorchTensors.read(c, "parameter/weight"));
    c.config().about("num", "dim");
    Embedding embedding = new Embedding(table).padding(c.config().integer("padding_idx", -1));
    Variable y = embedding.apply(Variable.of(TorchTensors.ids(c, "x0")));
    TorchTensors.compare(c, "y", y.value());
    Variable loss = TorchTensors.term(c, y, "seed");
    TorchTensors.compare(
        c,
        "gradient/weight",
        TorchTensors.gradient(TorchTensors.gradients(loss, List.of(table)), table));
    c.end();
  }

  /** Ours has channels last, {@code [K I, O]} weights. */
  private static void conv1d(TorchCase c) {
    Fields config = c.config().about("layout");
    config.only("groups", 1);
    Window window =
        Window.of(c.tensor("parameter/weight").shape()[2])
            .stride(config.integer("stride", 1))
            .padding(config.integer("padding", 0))
            .dilation(config.integer("dilation", 1));
    Tensor weight = TorchTensors.read(c, "parameter/weight").permute(2, 1, 0).contiguous();
    int in = weight.shape().dim(1);
    int out = weight.shape().dim(2);
    Conv1d conv =
        new Conv1d(
            new Parameter(weight.reshape(window.size() * in, out)),
            new Parameter(TorchTensors.read(c, "parameter/bias")),
            window);
    check(
        c,
        conv,
        t -> t.permute(0, 2, 1),
        Map.of("weight", conv.weight(), "bias", conv.bias()),
        t ->
            t.shape().rank() == 1
                ? t
                : t.contiguous().reshape(window.size(), in, out).permute(2, 1, 0));
  }

  private static void conv2d(TorchCase c) {
    Fields config = c.config().about("layout");
    int[] size = c.tensor("parameter/weight").shape();
    Window rows = window(config, size[2], 0);
    Window columns = window(config, size[3], 1);
    Tensor weight = TorchTensors.read(c, "parameter/weight").permute(2, 3, 1, 0).contiguous();
    Conv2d conv =
        new Conv2d(
            new Parameter(weight.reshape(size[2] * size[3] * size[1], size[0])),
            new Parameter(TorchTensors.read(c, "parameter/bias")),
            rows,
            columns);
    check(
        c,
        conv,
        t -> t.permute(0, 2, 3, 1),
        Map.of("weight", conv.weight(), "bias", conv.bias()),
        t ->
            t.shape().rank() == 1
                ? t
                : t.contiguous().reshape(size[2], size[3], size[1], size[0]).permute(3, 2, 0, 1));
  }

  private static Window window(Fields config, int size, int axis) {
    return Window.of(size)
        .stride(config.get("stride").get(axis).intValue())
        .padding(config.get("padding").get(axis).intValue());
  }

  /**
   * Checks a layer.
   *
   * @param last brings the axis of channels last, where ours has it
   * @param parameters by PyTorch's names
   * @param theirs brings a gradient by a parameter into PyTorch's layout
   */
  private static void check(
      TorchCase c,
      Deterministic layer,
      UnaryOperator<Tensor> last,
      Map<String, Parameter> parameters,
      UnaryOperator<Tensor> theirs) {
    Parameter x = new Parameter(last.apply(TorchTensors.read(c, "x0")).contiguous());
    Variable y = layer.apply(x);
    Tensor seed = last.apply(TorchTensors.read(c, "seed")).contiguous();
    compare(c, "y", y.value(), last);
    List<Parameter> all = Stream.concat(Stream.of(x), parameters.values().stream()).toList();
    Map<Parameter, Gradient> gradients =
        TorchTensors.gradients(y.mul(Variable.of(seed)).sum(), all);
    compare(c, "gradient/x0", TorchTensors.gradient(gradients, x), last);
    parameters.forEach((name, p) ->
        TorchTensors.compare(
            c, "gradient/" + name, theirs.apply(TorchTensors.gradient(gradients, p)).contiguous()));
    c.end();
  }

  private static void compare(TorchCase c, String name, Tensor ours, UnaryOperator<Tensor> last) {
    Tensor expected = last.apply(TorchTensors.read(c, name));
    assertThat(Tolerance.of(c.tolerance()).difference(expected, ours))
        .as("%s: %s", c.name(), name)
        .isEmpty();
  }
}
