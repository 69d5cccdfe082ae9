package dev.unroll.layers.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Block;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Flatten;
import dev.unroll.layers.Init;
import dev.unroll.layers.LayerNorm;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.conv.Conv1d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.recurrent.Bidirectional;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.RecurrentStack;
import dev.unroll.layers.recurrent.Stacked;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model in a session outputs what it outputs for the steps so far. */
class StepSessionTest {
  private static final Init INIT = Init.seed(3);
  private static final Block CLASSES =
      Sequential.of(new Dropout(0.5), Linear.of(5, 2, INIT.at("head")));

  private static Recurrent<?> gru(int in) {
    return Unroll.of(GruCell.of(in, 5, INIT.at("gru")));
  }

  static List<Pooling> poolings() {
    return List.of(
        Pooling.last(),
        Pooling.sum(),
        Pooling.mean(),
        Pooling.max(),
        AttentionPooling.of(5, 4, INIT.at("attention")));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void manyToOneOutputsWhatItOutputsForTheStepsSoFar(Pooling pooling) {
    ManyToOne model = new ManyToOne(Activation.identity(), gru(3), pooling, CLASSES);
    float[] x = RandomKey.of(1).normal(DType.FLOAT32, Shape.of(2, 6, 3), 0, 2).toFloats();
    try (Session session = model.open(Shape.of(2, 3), DType.FLOAT32)) {
      float[] y = new float[4];
      for (int t = 0; t < 6; t++) {
        float[] now = new float[6];
        System.arraycopy(x, t * 3, now, 0, 3);
        System.arraycopy(x, (6 + t) * 3, now, 3, 3);
        session.step(now, y);
        Tensor whole = Tensor.of(Shape.of(2, 6, 3), x);
        int[] lengths = {t + 1, t + 1};
        float[] expected =
            model.apply(Variable.of(whole), lengths, Mode.evaluation()).value().toFloats();
        assertThat(y).as("step %s", t).containsExactly(expected, within(1e-5f));
      }
    }
  }

  @Test
  void aTaggerReadsIdsThroughItsFrontAndItsStack() {
    Recurrent<?> stack =
        new RecurrentStack(
            List.of(
                gru(4),
                Unroll.of(
                    new Stacked(
                        List.of(
                            LstmCell.of(5, 6, INIT.at("a")), LstmCell.of(6, 5, INIT.at("b")))))),
            new Dropout(0.3));
    Block front =
        Sequential.of(Embedding.of(10, 4, INIT.at("words")), LayerNorm.of(4, INIT.at("norm")));
    ManyToMany model = new ManyToMany(front, stack, CLASSES);
    int[] ids = {3, 1, 4, 1, 5};
    Tensor whole = Tensor.of(Shape.of(1, 5), ids);
    float[] expected =
        model.apply(Variable.of(whole), new int[] {5}, Mode.evaluation()).value().toFloats();
    try (Session session = model.open(Shape.of(1), DType.INT32)) {
      float[] y = new float[2];
      for (int t = 0; t < 5; t++) {
        session.step(new int[] {ids[t]}, y);
        float[] at = Arrays.copyOfRange(expected, 2 * t, 2 * t + 2);
        assertThat(y).containsExactly(at, within(1e-5f));
      }
      session.reset();
      session.step(new int[] {ids[0]}, y);
      assertThat(y).containsExactly(Arrays.copyOf(expected, 2), within(1e-5f));
    }
  }

  @Test
  void aStepMayHaveSeveralAxes() {
    Block front = Sequential.of(new Flatten(2), Linear.of(6, 4, INIT.at("front")));
    ManyToMany model = new ManyToMany(front, gru(4), CLASSES);
    float[] frame = {1, 2, 3, 4, 5, 6};
    float[] y = new float[2];
    try (Session session = model.open(Shape.of(1, 2, 3), DType.FLOAT32)) {
      session.step(frame, y);
    }
    Variable film = Variable.of(Tensor.of(Shape.of(1, 1, 2, 3), frame));
    assertThat(model.apply(film, new int[] {1}, Mode.evaluation()).value().toFloats())
        .containsExactly(y, within(1e-5f));
  }

  @Test
  void whatCannotReadAStreamIsRefusedWithTheReason() {
    Block identity = Activation.identity();
    Shape step = Shape.of(1, 3);
    Block conv = Conv1d.of(3, 3, Window.of(3).same(), INIT.at("conv"));
    assertThatThrownBy(() ->
            new ManyToOne(Sequential.of(conv), gru(3), Pooling.last(), CLASSES)
                .open(step, DType.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("[session] expected a front that reads each step by itself, got ");
    Recurrent<?> both = Bidirectional.of(GruCell.of(3, 5, INIT), GruCell.of(3, 5, INIT));
    assertThatThrownBy(
            () -> new ManyToMany(identity, both, Linear.of(10, 2, INIT)).open(step, DType.FLOAT32))
        .hasMessage(
            "[session] expected a recurrent layer that reads forward in time, got Bidirectional: a"
                + " stream has no last step to begin with");
    Pooling own = (x, lengths) -> x.mean(1);
    assertThatThrownBy(
            () -> new ManyToOne(identity, gru(3), own, CLASSES).open(step, DType.FLOAT32))
        .hasMessageStartingWith("[pooling] expected a pooling with a running form, got ");
    ManyToOne good = new ManyToOne(identity, gru(3), Pooling.last(), CLASSES);
    assertThatThrownBy(() -> good.open(Shape.of(), DType.FLOAT32))
        .hasMessage("[session] expected inputs [B, ...] of a step, got []");
    assertThatThrownBy(() -> good.open(step, DType.FLOAT64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> good.open(Shape.of(1, 4), DType.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> good.open(null, DType.FLOAT32)).hasMessage("input");
    assertThatThrownBy(() -> good.open(step, null)).hasMessage("type");
  }

  @Test
  void anAttentionDoesNotOverflow() {
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            gru(3),
            AttentionPooling.of(5, 4, INIT.at("attention")),
            CLASSES);
    try (Session session = model.open(Shape.of(0, 3), DType.FLOAT32)) {
      session.step(new float[0], new float[0]);
    }
    try (Session session = model.open(Shape.of(1, 3), DType.FLOAT32)) {
      float[] y = new float[2];
      for (int t = 0; t < 100; t++) {
        session.step(new float[] {1e30f, -1e30f, t}, y);
      }
      assertThat(y).doesNotContain(Float.NaN);
    }
  }

  @Test
  void aBackwardLayerIsRefused() {
    Recurrent<?> backward = Unroll.backward(GruCell.of(3, 5, INIT.at("gru")));
    Block identity = Activation.identity();
    Shape step = Shape.of(1, 3);
    for (Recurrent<?> each : List.of(backward, RecurrentStack.of(backward))) {
      assertThatThrownBy(() ->
              new ManyToOne(identity, each, Pooling.mean(), CLASSES).open(step, DType.FLOAT32))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("got a backward one");
    }
  }

  @Test
  void aMeanDoesNotDrift() {
    Block identity = Activation.identity();
    ManyToOne model =
        new ManyToOne(identity, Unroll.of(GruCell.of(1, 1, INIT)), Pooling.mean(), identity);
    float[] y = new float[1];
    try (Session session = model.open(Shape.of(1, 1), DType.FLOAT32)) {
      for (int t = 0; t < 300_000; t++) {
        session.step(new float[] {1}, y);
      }
    }
    Variable ones = Variable.of(Tensor.full(DType.FLOAT32, Shape.of(1, 1000, 1), 1));
    float[] h = model.recurrent().apply(ones, Mode.evaluation()).outputs().value().toFloats();
    assertThat(y[0]).isCloseTo(h[999], within(1e-3f));
  }
}
