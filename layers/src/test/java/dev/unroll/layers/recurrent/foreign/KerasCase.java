package dev.unroll.layers.recurrent.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls of one recurrent layer of Keras, in order: weights are constants. */
final class KerasCase {
  private KerasCase() {}

  static void check(JsonNode json) {
    try (Fields c = new Fields(json.get("id").asString(), json);
        Fields config = c.about("id").fields("config")) {
      JsonNode layer = config.get("layer");
      Fields one = layer.isObject() ? config.fields("layer") : config;
      switch (one.get("layer").asString()) {
        case "LSTM" -> check(c, config, one, KerasCase::lstm);
        case "GRU" -> check(c, config, one, KerasCase::gru);
        case "SimpleRNN" -> check(c, config, one, KerasCase::rnn);
        default -> throw new NotThereException("layer " + one.get("layer"));
      }
      one.close();
    }
  }

  private interface Maker<S extends State<S>> {
    Cell<S> cell(Fields config, int inputSize);
  }

  private static <S extends State<S>> void check(
      Fields c, Fields config, Fields first, Maker<S> maker) {
    boolean both = config != first;
    List<Layer<S>> layers = new ArrayList<>(List.of(new Layer<>(first, maker, both, false)));
    if (both) {
      Fields second = config.has("backward_layer") ? config.fields("backward_layer") : first;
      second.about("layer"); // The same as that of the first, or the state would not fit.
      layers.add(new Layer<>(second, maker, true, true));
    }
    // How Keras computes, and whether it returns states beside the output, changes no output.
    config.about("implementation", "unroll", "return_state");
    Tensor result = Tensor.scalar(DType.FLOAT64, 0);
    for (JsonNode json : c.get("calls")) {
      try (Fields call = new Fields("call", json)) {
        if (call.flag("reset_state")) {
          layers.forEach(l -> l.state = null);
        } else {
          List<Tensor> outputs = layers.stream().map(l -> l.call(call)).toList();
          result = both ? merge(config, outputs) : outputs.getFirst();
        }
      }
    }
    layers.forEach(Layer::close);
    Tolerance tolerance = new Tolerance(c.get("atol").asDouble(), c.get("rtol").asDouble());
    for (JsonNode e : c.get("expected")) {
      assertThat(e.get("which").asString()).isIn("output", "return[0]");
      Tensor got = e.get("batch_index").isNull() ? result : row(result, e);
      double[] expected = OnnxCase.tensor(e).toDoubles();
      assertThat(tolerance.difference(expected, got.toDoubles())).isEmpty();
    }
  }

  private static Tensor row(Tensor t, JsonNode expected) {
    return t.select(0, expected.get("batch_index").asInt());
  }

  private static Tensor merge(Fields config, List<Tensor> outputs) {
    Variable a = Variable.of(outputs.get(0));
    Variable b = Variable.of(outputs.get(1));
    String mode = config.text("merge_mode", "concat");
    return switch (mode) {
      case "sum" -> a.add(b).value();
      case "ave" -> a.add(b).mul(0.5).value();
      case "mul" -> a.mul(b).value();
      case "concat" -> Join.concat(1, outputs);
      default -> throw new NotThereException("merge mode " + mode);
    };
  }

  /** A layer and the state that it carries from call to call, if it is to. */
  private static final class Layer<S extends State<S>> {
    private final Fields config;
    private final Maker<S> maker;
    private final boolean both;
    private final boolean backward;
    private @Nullable S state;

    Layer(Fields config, Maker<S> maker, boolean both, boolean backward) {
      this.both = both;
      this.config = config;
      this.maker = maker;
      // The second layer of a bidirectional one runs backward, whatever its config says.
      boolean reversed = config.flag("go_backwards");
      this.backward = backward || reversed;
    }

    void close() {
      config.close();
    }

    Tensor call(Fields call) {
      Tensor x = OnnxCase.tensor(call.get("input"));
      int batch = x.shape().dim(0);
      Cell<S> cell = maker.cell(config, x.shape().dim(2));
      S start = state != null ? state : cell.initialState(batch, x.type());
      if (call.has("initial_state")) {
        List<Variable> given = new ArrayList<>();
        if (both) {
          throw new NotThereException("an initial state of both directions");
        }
        JsonNode s = call.get("initial_state");
        (s.isArray() ? s.valueStream() : Stream.of(s))
            .forEach(n -> given.add(Variable.of(OnnxCase.tensor(n))));
        start = start.with(given);
      }
      Unroll<S> unroll = backward ? Unroll.backward(cell) : Unroll.of(cell);
      Tensor mask = mask(call, x);
      Recurrent.Result<S> r = unroll.apply(Variable.of(x), start, mask, Mode.evaluation());
      state = config.flag("stateful") ? r.state() : null;
      if (!config.flag("return_sequences")) {
        return r.state().variables().getFirst().value();
      }
      Tensor outputs = r.outputs().value();
      return config.flag("zero_output_for_mask") ? outputs : carriedOver(outputs, mask);
    }
  }

  /** At masked steps, Keras repeats the previous output. */
  private static Tensor carriedOver(Tensor outputs, Tensor mask) {
    Shape s = outputs.shape();
    double[] y = outputs.toDoubles();
    double[] m = mask.toDoubles();
    int h = s.dim(2);
    for (int i = 0; i < m.length; i++) {
      if (m[i] == 0 && i % s.dim(1) > 0) {
        System.arraycopy(y, (i - 1) * h, y, i * h, h);
      }
    }
    return Tensor.of(s, y);
  }

  private static Tensor mask(Fields call, Tensor x) {
    int batch = x.shape().dim(0);
    int steps = x.shape().dim(1);
    double[] mask = IntStream.range(0, batch * steps).mapToDouble(i -> 1).toArray();
    if (call.has("mask")) {
      JsonNode data = call.get("mask").get("data");
      for (int i = 0; i < mask.length; i++) {
        mask[i] = data.get(i).asBoolean() ? 1 : 0;
      }
    }
    return Tensor.of(Shape.of(batch, steps), mask);
  }

  private static double constant(Fields config, String name) {
    return config.get(name).get("constant").asDouble();
  }

  private static Tensor kernel(Fields config, int rows, int gates) {
    int columns = gates * config.get("units").asInt();
    return Tensor.full(
        DType.FLOAT64, Shape.of(rows, columns), constant(config, "kernel_initializer"));
  }

  private static Tensor recurrent(Fields config, int gates) {
    int h = config.get("units").asInt();
    return Tensor.full(
        DType.FLOAT64, Shape.of(h, gates * h), constant(config, "recurrent_initializer"));
  }

  private static Tensor bias(Fields config, int gates) {
    boolean none = config.has("use_bias") && !config.flag("use_bias");
    double value = constant(config, "bias_initializer");
    return Tensor.full(
        DType.FLOAT64, Shape.of(gates * config.get("units").asInt()), none ? 0 : value);
  }

  private static Tensor zeros(Fields config, int gates) {
    return Tensor.zeros(DType.FLOAT64, Shape.of(gates * config.get("units").asInt()));
  }

  private static Cell<LstmState> lstm(Fields config, int in) {
    double[] bias = bias(config, 4).toDoubles();
    int h = bias.length / 4;
    if (!config.has("unit_forget_bias") || config.flag("unit_forget_bias")) {
      Arrays.fill(bias, h, 2 * h, 1);
    }
    return ForeignWeights.KERAS.lstm(
        kernel(config, in, 4),
        recurrent(config, 4),
        Tensor.of(Shape.of(4 * h), bias),
        zeros(config, 4));
  }

  private static Cell<Hidden> gru(Fields config, int in) {
    config.only("reset_after", true);
    return ForeignWeights.KERAS.gru(
        kernel(config, in, 3), recurrent(config, 3), bias(config, 3), bias(config, 3));
  }

  private static Cell<Hidden> rnn(Fields config, int in) {
    return ForeignWeights.KERAS.rnn(
        kernel(config, in, 1), recurrent(config, 1), bias(config, 1), zeros(config, 1));
  }
}
