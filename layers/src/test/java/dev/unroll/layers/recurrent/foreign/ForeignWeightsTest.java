package dev.unroll.layers.recurrent.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Activations;
import dev.unroll.layers.recurrent.cells.CoupledLstmCell;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weights of other libraries are loaded and exported; mismatches are refused. */
class ForeignWeightsTest {
  private static final RandomKey KEY = RandomKey.of(66);
  private static final int I = 3;
  private static final int H = 4;
  private static final ForeignWeights PYTORCH = ForeignWeights.PYTORCH;
  private static final ForeignWeights KERAS = ForeignWeights.KERAS;

  private static Tensor random(int... dims) {
    return KEY.fold(dims.length).normal(DType.FLOAT64, Shape.of(dims), 0, 1);
  }

  private static void same(Tensor a, Tensor b) {
    assertThat(a.shape()).isEqualTo(b.shape());
    assertThat(a.toDoubles()).containsExactly(b.toDoubles());
  }

  @Test
  void everyFormOfBiasIsAccepted() {
    Tensor w = random(3 * H, I);
    Tensor u = random(3 * H, H);
    Tensor b = random(3 * H);
    Tensor zero = Tensor.zeros(DType.FLOAT64, Shape.of(3 * H));
    for (ForeignWeights from : List.of(PYTORCH, ForeignWeights.ONNX)) {
      GruCell two = from.gru(w, u, b, zero);
      same(from.gru(w, u, b).bias().value(), two.bias().value());
      assertThat(from.gru(w, u).bias().value().toDoubles()).containsOnly(0);
      Tensor stacked = random(2, 3 * H);
      GruCell both = from.gru(w, u, stacked.select(0, 0), stacked.select(0, 1));
      for (Tensor one : List.of(stacked, stacked.reshape(6 * H))) {
        same(from.gru(w, u, one).bias().value(), both.bias().value());
        same(from.gru(w, u, one).biasCandidate().value(), both.biasCandidate().value());
      }
      assertThat(from.originalGru(w, u, b).bias().value().toDoubles())
          .containsExactly(two.bias().value().toDoubles());
    }
    RnnCell relu = PYTORCH.rnn(Activation.relu(), random(H, I), random(H, H));
    Variable x = Variable.of(random(2, 5, I));
    double[] y = Unroll.of(relu).apply(x, Mode.evaluation()).outputs().value().toDoubles();
    assertThat(Arrays.stream(y).allMatch(v -> v >= 0)).isTrue();
  }

  @Test
  void exportedWeightsCanBeLoaded() {
    Init init = new Init(DType.FLOAT64, KEY);
    for (ForeignWeights f : List.of(PYTORCH, ForeignWeights.ONNX, KERAS)) {
      LstmCell lstm = LstmCell.of(I, H, init);
      ForeignWeights.Weights w = f.weights(lstm);
      same(w.biasRecurrent(), Tensor.zeros(DType.FLOAT64, Shape.of(4 * H)));
      LstmCell again = f.lstm(w.input(), w.recurrent(), w.biasInput(), w.biasRecurrent());
      lstm.save().forEach((path, t) -> same(again.save().get(path), t));
      GruCell gru =
          new GruCell(
              init.glorot(I, H, 3),
              init.orthogonal(H, 3),
              init.normal(1, 3 * H),
              init.normal(1, H));
      ForeignWeights.Weights g = f.weights(gru);
      GruCell back = f.gru(g.input(), g.recurrent(), g.biasInput(), g.biasRecurrent());
      gru.save().forEach((path, t) -> same(back.save().get(path), t));
      RnnCell rnn = RnnCell.of(I, H, init);
      ForeignWeights.Weights r = f.weights(rnn);
      RnnCell simple = f.rnn(r.input(), r.recurrent(), r.biasInput());
      rnn.save().forEach((path, t) -> same(simple.save().get(path), t));
    }
    // From their form and back is the same to the bit, where one bias of an LSTM suffices.
    Tensor w = random(4 * H, I);
    Tensor b = random(4 * H);
    ForeignWeights.Weights out =
        ForeignWeights.ONNX.weights(ForeignWeights.ONNX.lstm(w, random(4 * H, H), b));
    same(out.input(), w);
    same(out.biasInput(), b);
  }

  @Test
  void everyShapeIsChecked() {
    Tensor w = random(4 * H, I);
    Tensor u = random(4 * H, H);
    Tensor b = random(4 * H);
    String start =
        "[foreignWeights] lstm: expected w and u of [4H, I] and [4H, H] (rows, as in PyTorch and"
            + " ONNX), got ";
    assertThatThrownBy(() -> PYTORCH.lstm(random(512, 32), random(256, 64), random(512)))
        .hasMessage(start + "[512, 32] and [256, 64]");
    assertThatThrownBy(() -> PYTORCH.lstm(u, w, b, b)).hasMessage(start + "[16, 4] and [16, 3]");
    assertThatThrownBy(() -> PYTORCH.lstm(random(I, 4 * H), random(H, 4 * H), b, b))
        .hasMessage(start + "[3, 16] and [4, 16]: columns, as in Keras");
    assertThatThrownBy(() -> KERAS.lstm(w, u, b))
        .hasMessage(
            "[foreignWeights] lstm: expected w and u of [I, 4H] and [H, 4H] (columns, as in Keras),"
                + " got [16, 3] and [16, 4]: rows, as in PyTorch and ONNX");
    assertThatThrownBy(() -> PYTORCH.gru(w, u, b, b))
        .hasMessageContaining("[3H, I] and [3H, H]")
        .hasMessageEndingWith("got [16, 3] and [16, 4]: of 4 gates, as of an LSTM");
    assertThatThrownBy(() -> PYTORCH.rnn(w, u, b, b)).hasMessageContaining("[H, I] and [H, H]");
    assertThatThrownBy(() -> KERAS.lstm(random(I, 3 * H), random(H, 3 * H), b))
        .hasMessageEndingWith("got [3, 12] and [4, 12]: of 3 gates, as of a GRU");
    assertThatThrownBy(() -> PYTORCH.lstm(random(H, I), random(H, H)))
        .hasMessageEndingWith(": of one gate, as of a simple recurrent cell");
    for (Tensor[] biases :
        new Tensor[][] {{random(8)}, {b, random(8)}, {random(8), b}, {b, b, b}, {random(4, 4)}}) {
      assertThatThrownBy(() -> PYTORCH.lstm(w, u, biases))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "[foreignWeights] lstm: expected no bias, one or two of [16] (4H), or both as [2, 16]"
                  + " or [32], got [");
    }
    assertThatThrownBy(() -> PYTORCH.lstm(w, u, b.to(DType.FLOAT32)))
        .hasMessage("[foreignWeights] lstm: expected tensors of one type, got float64 and float32");
    assertThatThrownBy(() -> PYTORCH.peepholeLstm(w, u, b, b, random(8)))
        .hasMessage("[foreignWeights] peepholeLstm: expected peepholes [12] ([3H]), got [8]");
    assertThatThrownBy(() -> PYTORCH.lstm(random(1, 4, 1), u, b))
        .hasMessage("[foreignWeights] lstm: expected w of rank 2, got [1, 4, 1]");
    assertThatThrownBy(() -> PYTORCH.linear(random(2, 3), random(3)))
        .hasMessage("[foreignWeights] linear: expected bias [2] ([O]), got [3]");
    assertThatThrownBy(
            () -> new ForeignWeights(List.of(0, 1, 2, 2), List.of(0, 1, 2), KERAS.layout()))
        .hasMessage("[foreignWeights] expected a permutation of 4 gates, got [0, 1, 2, 2]");
  }

  @Test
  @SuppressWarnings("NullAway") // What a map has under a mistyped name.
  void aMissingTensorIsNamed() {
    Map<String, Tensor> file = Map.of("w", random(4 * H, I));
    Tensor w = file.get("w");
    assertThatThrownBy(() -> PYTORCH.lstm(w, file.get("u")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[foreignWeights] lstm: expected a tensor for u, got null: is it in the file?");
    assertThatThrownBy(() -> PYTORCH.lstm(w, random(4 * H, H), file.get("b"), file.get("c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("for bias, got null");
  }

  private static RecurrentStack stack(boolean both) {
    Init init = new Init(DType.FLOAT64, KEY);
    int wide = both ? 2 * H : H;
    Recurrent<?> low =
        both
            ? Bidirectional.of(LstmCell.of(I, H, init.at("0")), LstmCell.of(I, H, init.at("1")))
            : Unroll.of(LstmCell.of(I, H, init.at("0")));
    Recurrent<?> high =
        both
            ? Bidirectional.of(
                LstmCell.of(wide, H, init.at("2")), LstmCell.of(wide, H, init.at("3")))
            : Unroll.of(LstmCell.of(wide, H, init.at("2")));
    return RecurrentStack.of(low, high);
  }

  @Test
  void allLayersAndDirectionsAreLoadedByName() {
    Variable x = Variable.of(random(2, 5, I));
    for (boolean both : new boolean[] {false, true}) {
      for (String name : List.of("", "encoder.rnn")) {
        RecurrentStack stack = stack(both);
        Map<String, Tensor> file = new LinkedHashMap<>(PyTorchWeights.save(name, stack));
        assertThat(file).hasSize(both ? 16 : 8);
        String path = name.isEmpty() ? "" : name + ".";
        assertThat(file.get(path + "weight_ih_l1").shape())
            .isEqualTo(Shape.of(4 * H, both ? 2 * H : H));
        RecurrentStack again = new PyTorchWeights(file).lstm(name);
        Tensor expected = stack.apply(x, new int[] {5, 3}, Mode.evaluation()).outputs().value();
        Tensor found = again.apply(x, new int[] {5, 3}, Mode.evaluation()).outputs().value();
        assertThat(found.sameBits(expected)).isTrue();
        // Without biases, where there are none.
        file.keySet().removeIf(n -> n.contains("bias"));
        assertThat(new PyTorchWeights(file).lstm(name).parameters()).hasSize(both ? 12 : 6);
      }
    }
    Linear head = Linear.of(H, 2, new Init(DType.FLOAT64, KEY));
    Map<String, Tensor> saved = PyTorchWeights.save("head", head);
    assertThat(saved.get("head.weight").shape()).isEqualTo(Shape.of(2, H));
    same(new PyTorchWeights(saved).linear("head").weight().value(), head.weight().value());
    saved.remove("head.bias");
    assertThat(new PyTorchWeights(saved).linear("head").bias().value().toDoubles())
        .containsExactly(0, 0);
  }

  @Test
  void aMissingNameIsReportedWithThePresentOnes() {
    Map<String, Tensor> file = new LinkedHashMap<>(PyTorchWeights.save("rnn", stack(false)));
    assertThatThrownBy(() -> new PyTorchWeights(file).lstm("rn"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "[pytorch] there is no \"rn.weight_ih_l0\"; there are: rnn.bias_hh_l0, rnn.bias_hh_l1,"
                + " rnn.bias_ih_l0, rnn.bias_ih_l1, rnn.weight_hh_l0, rnn.weight_hh_l1,"
                + " rnn.weight_ih_l0, rnn.weight_ih_l1");
    assertThatThrownBy(() -> new PyTorchWeights(file).gru("rnn"))
        .hasMessageContaining("expected w and u of [3H, I] and [3H, H]");
    Map<String, Tensor> projected = new LinkedHashMap<>(file);
    projected.put("rnn.weight_hr_l0", random(2, H));
    assertThatThrownBy(() -> new PyTorchWeights(projected).lstm("rnn"))
        .hasMessage(
            "[pytorch] expected the weights and biases of a module without projection, got also"
                + " [rnn.weight_hr_l0]");
    Map<String, Tensor> half = new LinkedHashMap<>(file);
    half.remove("rnn.bias_ih_l1");
    assertThatThrownBy(() -> new PyTorchWeights(half).lstm("rnn"))
        .hasMessageStartingWith("[pytorch] there is no \"rnn.bias_ih_l1\"; there are: ");
    Map<String, Tensor> narrow = new LinkedHashMap<>(file);
    narrow.put("rnn.weight_ih_l1", random(4 * H, H + 1));
    assertThatThrownBy(() -> new PyTorchWeights(narrow).lstm("rnn"))
        .hasMessage("[pytorch] expected layer _l1 to read 4 columns, got 5");
    assertThatThrownBy(() -> new PyTorchWeights(file).gru("rnn."))
        .hasMessageEndingWith(
            ": of 4 gates, as of an LSTM; the tensors are rnn.weight_ih_l0, rnn.weight_hh_l0,"
                + " rnn.bias_ih_l0, rnn.bias_hh_l0");
    assertThat(new PyTorchWeights(file).lstm("rnn.").layers()).hasSize(2);
    assertThat(PyTorchWeights.save("rnn.", stack(false))).containsOnlyKeys(file.keySet());
    Map<String, Tensor> wrong = new LinkedHashMap<>(file);
    wrong.put("rnn.weight_hh_l1", random(4 * H, H + 1));
    assertThatThrownBy(() -> new PyTorchWeights(wrong).lstm("rnn"))
        .hasMessageContaining("the tensors are rnn.weight_ih_l1, rnn.weight_hh_l1, ");
    Map<String, Tensor> linear = Map.of("head.weight", random(2, 3), "head.bias", random(3));
    assertThatThrownBy(() -> new PyTorchWeights(linear).linear("head"))
        .hasMessageEndingWith("got [3]; the tensors are head.weight, head.bias");
    Map<String, Tensor> gap = new LinkedHashMap<>(file);
    file.forEach((n, t) -> {
      if (n.endsWith("_l1")) {
        gap.remove(n);
        gap.put(n.replace("_l1", "_l2"), t);
      }
    });
    assertThatThrownBy(() -> new PyTorchWeights(gap).lstm("rnn"))
        .hasMessageStartingWith("[pytorch] there is no \"rnn.weight_ih_l1\"; there are: ");
    Map<String, Tensor> oneWay = new LinkedHashMap<>(PyTorchWeights.save("rnn", stack(true)));
    oneWay.keySet().removeIf(n -> n.endsWith("_l0_reverse"));
    oneWay.replaceAll((n, t) -> n.contains("weight_ih_l1") ? random(4 * H, H) : t);
    assertThatThrownBy(() -> new PyTorchWeights(oneWay).lstm("rnn"))
        .hasMessageStartingWith("[pytorch] there is no \"rnn.weight_ih_l0_reverse\"; there are: ");
    Map<String, Tensor> other = new LinkedHashMap<>(file);
    other.put("rnn.scale", random(1));
    assertThatThrownBy(() -> new PyTorchWeights(other).lstm("rnn"))
        .hasMessage(
            "[pytorch] expected the weights and biases of a module alone, got also [rnn.scale]");
    RecurrentStack backward = RecurrentStack.of(Unroll.backward(RnnCell.of(I, H, Init.seed(1))));
    assertThatThrownBy(() -> PyTorchWeights.save("rnn", backward))
        .hasMessage("[pytorch] expected layers in one direction or in both, got Unroll, backward");
    RecurrentStack coupled = RecurrentStack.of(Unroll.of(CoupledLstmCell.of(I, H, Init.seed(1))));
    assertThatThrownBy(() -> PyTorchWeights.save("rnn", coupled))
        .hasMessage("[pytorch] expected an LstmCell, GruCell or RnnCell, got CoupledLstmCell");
  }

  @Test
  void stacksThatPyTorchDoesNotHaveAreRefused() {
    Init init = new Init(DType.FLOAT64, KEY);
    LstmCell cell = LstmCell.of(I, H, init);
    LstmCell clipped =
        new LstmCell(
            cell.weightInput(),
            cell.weightRecurrent(),
            cell.bias(),
            Activations.usual().clipped(3));
    assertThatThrownBy(() -> PyTorchWeights.save("rnn", RecurrentStack.of(Unroll.of(clipped))))
        .hasMessage(
            "[pytorch] expected an LstmCell with sigmoid, tanh and tanh, got other activations of"
                + " [gate, candidate]");
    RnnCell rnn = RnnCell.of(I, H, init);
    RnnCell linear =
        new RnnCell(rnn.weightInput(), rnn.weightRecurrent(), rnn.bias(), Activation.identity());
    assertThatThrownBy(() -> PyTorchWeights.save("rnn", RecurrentStack.of(Unroll.of(linear))))
        .hasMessage("[pytorch] expected an RnnCell with tanh or relu, got another activation");
    for (RecurrentStack mixed :
        List.of(
            RecurrentStack.of(
                Unroll.of(GruCell.of(I, H, init)), Unroll.of(LstmCell.of(H, H, init))),
            RecurrentStack.of(Unroll.of(cell), Unroll.of(LstmCell.of(H, H + 1, init))),
            RecurrentStack.of(Unroll.of(rnn), Unroll.of(RnnCell.rectified(H, H, init))),
            RecurrentStack.of(
                Unroll.of(LstmCell.of(I, 2 * H, init)),
                Bidirectional.of(LstmCell.of(2 * H, H, init), LstmCell.of(2 * H, H, init))),
            RecurrentStack.of(
                Bidirectional.of(cell, LstmCell.of(I, H, init)),
                Bidirectional.of(
                    LstmCell.of(2 * H, H + 1, init), LstmCell.of(2 * H, H + 1, init))))) {
      assertThatThrownBy(() -> PyTorchWeights.save("rnn", mixed))
          .hasMessageStartingWith(
              "[pytorch] expected layers of one kind, size and direction, as in a PyTorch module, got [");
    }
    RecurrentStack uneven = RecurrentStack.of(Bidirectional.of(cell, LstmCell.of(I, H + 1, init)));
    assertThatThrownBy(() -> PyTorchWeights.save("rnn", uneven))
        .hasMessage(
            "[pytorch] expected directions of one kind and size, got LSTM of 4 and LSTM of 5");
    Map<String, Tensor> file = new LinkedHashMap<>(PyTorchWeights.save("rnn", stack(true)));
    file.keySet().removeIf(n -> n.startsWith("rnn.bias") && n.endsWith("_l1"));
    assertThatThrownBy(() -> new PyTorchWeights(file).lstm("rnn"))
        .hasMessageStartingWith("[pytorch] there is no \"rnn.bias_ih_l1\"; there are: ");
  }
}
