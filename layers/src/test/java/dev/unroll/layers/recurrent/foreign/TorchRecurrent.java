package dev.unroll.layers.recurrent.foreign;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Mode;
import dev.unroll.layers.TorchTensors;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.LstmState;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.ProjectedLstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.Join;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Fields;
import dev.unroll.testing.TorchCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A recurrent module of PyTorch: layers, directions, lengths, projection, initial states; outputs,
 * final states, and gradients by inputs, initial states and every parameter.
 */
public final class TorchRecurrent<S extends State<S>> {
  private final TorchCase c;
  private final Maker<S> maker;
  private final Parameter x;
  private final List<Parameter> parameters = new ArrayList<>();

  /** Each cell by the suffix of its parameters: {@code _l0}, {@code _l0_reverse}, ... */
  private final List<String> suffixes = new ArrayList<>();

  private final List<Cell<S>> cells = new ArrayList<>();
  private final List<List<Parameter>> starts = new ArrayList<>();
  private final List<S> last = new ArrayList<>();

  private TorchRecurrent(TorchCase c, Maker<S> maker) {
    this.c = c;
    this.maker = maker;
    x = new Parameter(TorchTensors.read(c, "x").permute(1, 0, 2).contiguous());
    parameters.add(x);
  }

  private interface Maker<S extends State<S>> {
    Cell<S> cell(Tensor w, Tensor u, Tensor... biases);
  }

  /** Checks a case. */
  public static void check(TorchCase c) {
    Fields config = c.config().about("layout", "input_size", "hidden_size");
    int projection = config.integer("proj_size", 0);
    String nonlinearity = config.text("nonlinearity", "tanh");
    Activation activation = nonlinearity.equals("relu") ? Activation.relu() : Activation.tanh();
    ForeignWeights torch = ForeignWeights.PYTORCH;
    switch (config.get("type").stringValue()) {
      case "LSTM" -> {
        if (projection > 0) {
          new TorchRecurrent<>(c, TorchRecurrent::projected).run();
        } else {
          new TorchRecurrent<>(c, torch::lstm).run();
        }
      }
      case "GRU" -> new TorchRecurrent<>(c, torch::gru).run();
      case "RNN" ->
          new TorchRecurrent<>(c, (w, u, biases) -> torch.rnn(activation, w, u, biases)).run();
      default -> throw new AssertionError(c.name());
    }
  }

  /** The last tensor is the projection {@code [H, C]}; PyTorch has the gates in our order. */
  private static Cell<LstmState> projected(Tensor w, Tensor u, Tensor... rest) {
    return new ProjectedLstmCell(
        new Parameter(w.transpose(0, 1).contiguous()),
        new Parameter(u.transpose(0, 1).contiguous()),
        new Parameter(rest[0].add(rest[1])),
        new Parameter(rest[2].transpose(0, 1).contiguous()));
  }

  private void run() {
    int layers = c.config().get("num_layers").intValue();
    int directions = c.config().flag("bidirectional") ? 2 : 1;
    boolean started = c.config().flag("initial_state");
    int[] lengths = new int[x.shape().dim(0)];
    Arrays.fill(lengths, x.shape().dim(1));
    if (c.config().has("lengths")) {
      lengths = c.config().get("lengths").valueStream().mapToInt(JsonNode::intValue).toArray();
    }
    Variable y = x;
    for (int layer = 0; layer < layers; layer++) {
      List<Variable> outputs = new ArrayList<>();
      for (int d = 0; d < directions; d++) {
        Cell<S> cell = cell("_l" + layer + (d == 0 ? "" : "_reverse"));
        S start = cell.initialState(lengths.length, x.type());
        if (started) {
          start = start.with(start(layer * directions + d, start.variables().size()));
        }
        Unroll<S> unroll = d == 0 ? Unroll.of(cell) : Unroll.backward(cell);
        Recurrent.Result<S> r = unroll.apply(y, start, lengths, Mode.evaluation());
        outputs.add(r.outputs());
        last.add(r.state());
      }
      y =
          directions == 1
              ? outputs.getFirst()
              : Variable.concat(2, outputs.toArray(Variable[]::new));
    }
    compare(y.permute(1, 0, 2));
  }

  private Cell<S> cell(String suffix) {
    boolean biased = c.config().flag("bias");
    List<Tensor> rest = new ArrayList<>();
    for (String name : List.of("bias_ih", "bias_hh", "weight_hr")) {
      if (c.has("parameter/" + name + suffix)) {
        rest.add(TorchTensors.read(c, "parameter/" + name + suffix));
      }
    }
    if (biased != c.has("parameter/bias_ih" + suffix)) {
      throw new AssertionError(c.name() + ": bias " + biased);
    }
    Cell<S> cell =
        maker.cell(
            TorchTensors.read(c, "parameter/weight_ih" + suffix),
            TorchTensors.read(c, "parameter/weight_hh" + suffix),
            rest.toArray(Tensor[]::new));
    suffixes.add(suffix);
    cells.add(cell);
    parameters.addAll(cell.parameters().values());
    return cell;
  }

  private List<Variable> start(int at, int variables) {
    List<Parameter> own = new ArrayList<>();
    for (String name : List.of("h_0", "c_0").subList(0, variables)) {
      own.add(new Parameter(TorchTensors.read(c, name).select(0, at).contiguous()));
    }
    starts.add(own);
    parameters.addAll(own);
    return List.copyOf(own);
  }

  private void compare(Variable y) {
    TorchTensors.compare(c, "y", y.value());
    Variable loss = TorchTensors.term(c, y, "seed_y");
    List<String> names = List.of("h", "c").subList(0, last.getFirst().variables().size());
    for (int i = 0; i < names.size(); i++) {
      List<Variable> all = new ArrayList<>();
      for (S state : last) {
        all.add(state.variables().get(i));
      }
      Variable stacked = Variable.stack(0, all);
      TorchTensors.compare(c, names.get(i) + "_n", stacked.value());
      loss = loss.add(TorchTensors.term(c, stacked, "seed_" + names.get(i) + "_n"));
    }
    Map<Parameter, Gradient> gradients = TorchTensors.gradients(loss, parameters);
    TorchTensors.compare(
        c, "gradient/x", TorchTensors.gradient(gradients, x).permute(1, 0, 2).contiguous());
    for (int i = 0; i < names.size() && !starts.isEmpty(); i++) {
      List<Tensor> all = new ArrayList<>();
      for (List<Parameter> start : starts) {
        all.add(TorchTensors.gradient(gradients, start.get(i)));
      }
      TorchTensors.compare(c, "gradient/" + names.get(i) + "_0", Join.stack(0, all));
    }
    for (int i = 0; i < cells.size(); i++) {
      compare(cells.get(i), suffixes.get(i), gradients);
    }
    c.end();
  }

  /** PyTorch has all gates in our order, in rows. */
  private void compare(Cell<S> cell, String suffix, Map<Parameter, Gradient> gradients) {
    switch (cell) {
      case LstmCell lstm -> {
        rows("weight_ih" + suffix, gradients, lstm.weightInput());
        rows("weight_hh" + suffix, gradients, lstm.weightRecurrent());
        bias(suffix, TorchTensors.gradient(gradients, lstm.bias()), null);
      }
      case ProjectedLstmCell lstm -> {
        rows("weight_ih" + suffix, gradients, lstm.weightInput());
        rows("weight_hh" + suffix, gradients, lstm.weightRecurrent());
        rows("weight_hr" + suffix, gradients, lstm.projection());
        bias(suffix, TorchTensors.gradient(gradients, lstm.bias()), null);
      }
      case GruCell gru -> {
        rows("weight_ih" + suffix, gradients, gru.weightInput());
        rows("weight_hh" + suffix, gradients, gru.weightRecurrent());
        bias(
            suffix,
            TorchTensors.gradient(gradients, gru.bias()),
            TorchTensors.gradient(gradients, gru.biasCandidate()));
      }
      case RnnCell rnn -> {
        rows("weight_ih" + suffix, gradients, rnn.weightInput());
        rows("weight_hh" + suffix, gradients, rnn.weightRecurrent());
        bias(suffix, TorchTensors.gradient(gradients, rnn.bias()), null);
      }
      default -> throw new AssertionError(cell);
    }
  }

  private void rows(String name, Map<Parameter, Gradient> gradients, Parameter ours) {
    Tensor g = TorchTensors.gradient(gradients, ours).transpose(0, 1).contiguous();
    TorchTensors.compare(c, "gradient/" + name, g);
  }

  /** Both biases of PyTorch have the gradient of their sum; but that of a GRU's candidate. */
  private void bias(String suffix, Tensor sum, Tensor candidate) {
    if (!c.config().flag("bias")) {
      return;
    }
    TorchTensors.compare(c, "gradient/bias_ih" + suffix, sum);
    Tensor recurrent =
        candidate == null
            ? sum
            : Join.concat(0, List.of(sum.slice(0, 0, 2 * candidate.shape().dim(0)), candidate));
    TorchTensors.compare(c, "gradient/bias_hh" + suffix, recurrent);
  }
}
