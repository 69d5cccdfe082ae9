package dev.unroll.layers.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming: single steps have the outputs of the whole sequence. */
final class SessionTest {
  private static final int I = 3;
  private static final int H = 8;
  private static final int STEPS = 6;
  private static final RandomKey KEY = RandomKey.of(4);

  private static Cell<?> cell(String name, DType type) {
    return Cells.named(name, I, H, new Init(type, KEY));
  }

  private static Tensor input(DType type) {
    return KEY.fold(1).normal(type, Shape.of(1, STEPS, I), 0, 1);
  }

  private static <S extends State<S>> double[] whole(Cell<S> cell, DType type) {
    Variable x = Variable.of(input(type));
    return Variable.withoutGradient(
        () -> Unroll.of(cell).apply(x, Mode.evaluation()).outputs().value().toDoubles());
  }

  private static double[] stream(Session session, DType type) {
    double[] all = new double[STEPS * H];
    float[] x = input(type).toFloats();
    float[] in = new float[I];
    float[] out = new float[H];
    for (int t = 0; t < STEPS; t++) {
      System.arraycopy(x, t * I, in, 0, I);
      session.step(in, out);
      for (int i = 0; i < H; i++) {
        all[t * H + i] = out[i];
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void stepsEqualTheOutputsOfTheSequence(String name) {
    Cell<?> cell = cell(name, DType.FLOAT32);
    try (Session session = Unroll.of(cell).open(1, DType.FLOAT32)) {
      assertThat(stream(session, DType.FLOAT32))
          .containsExactly(whole(cell, DType.FLOAT32), within(1e-6));
    }
  }

  @Test
  void aSessionUsesTheParametersOfItsOpening() {
    Cell<?> cell = cell("gru", DType.FLOAT32);
    double[] before = whole(cell, DType.FLOAT32);
    try (Session session = Unroll.of(cell).open(1, DType.FLOAT32)) {
      for (Parameter p : cell.parameters().values()) {
        p.update(Tensor.zeros(p.type(), p.shape()));
      }
      assertThat(stream(session, DType.FLOAT32)).containsExactly(before, within(1e-6));
    }
  }

  @Test
  void sessionsRunConcurrently() throws Exception {
    Cell<?> cell = cell("lstm", DType.FLOAT32);
    Unroll<?> unroll = Unroll.of(cell);
    double[] expected = whole(cell, DType.FLOAT32);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<double[]>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        all.add(
            threads.submit(() -> {
              try (Session session = unroll.open(1, DType.FLOAT32)) {
                return stream(session, DType.FLOAT32);
              }
            }));
      }
      for (Future<double[]> f : all) {
        assertThat(f.get()).containsExactly(expected, within(1e-6));
      }
    }
  }

  @Test
  void invalidInputIsRefused() {
    try (Session session = Unroll.of(cell("rnn", DType.FLOAT32)).open(2, DType.FLOAT32)) {
      assertThatThrownBy(() -> session.step(new float[I], new float[2 * H]))
          .hasMessage("[session] expected an input of 6 float32 [2, 3], got 3 float32");
      assertThatThrownBy(() -> session.step(new double[2 * I], new double[2 * H]))
          .hasMessage("[session] expected an input of 6 float32 [2, 3], got 6 float64");
      assertThatThrownBy(() -> session.step(new int[] {1}, new float[2 * H]))
          .hasMessage("[session] expected an input of 6 float32 [2, 3], got 1 int32");
    }
  }
}
