package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.tensor.spi.Code;
import dev.unroll.tensor.spi.Instruction;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final RandomKey KEY = RandomKey.of(5);

  private static Program lstm() {
    Program.Builder p = Program.inputs(4); // i, f, g, c
    int c =
        p.add(
            p.mul(p.apply(Code.SIGMOID, 1), 3),
            p.mul(p.apply(Code.SIGMOID, 0), p.apply(Code.TANH, 2)));
    return p.results(c, p.apply(Code.TANH, c));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void chainAgreesWithTheFormulaOnViewsAndBroadcastsOfAnySize() {
    for (int rows : new int[] {0, 1, 3, 70}) {
      for (int columns : new int[] {1, 7, 100, 1500}) {
        Shape s = Shape.of(rows, columns);
        Tensor wide = KEY.fold(1).normal(DType.FLOAT64, Shape.of(rows, columns * 2), 0, 1);
        Tensor i = wide.slice(1, 0, columns);
        Tensor f = KEY.fold(2).normal(DType.FLOAT64, Shape.of(columns), 0, 1);
        Tensor g = KEY.fold(3).normal(DType.FLOAT64, Shape.of(columns, rows), 0, 1).transpose(0, 1);
        Tensor c = KEY.fold(4).normal(DType.FLOAT64, Shape.of(rows, 1), 0, 1);
        List<Tensor> out = lstm().run("cell", i, f, g, c);
        assertThat(out.get(0).shape()).isEqualTo(s);
        for (int r = 0; r < rows; r++) {
          for (int k = 0; k < columns; k++) {
            double next =
                sigmoid(f.get(k)) * c.get(r, 0) + sigmoid(i.get(r, k)) * Math.tanh(g.get(r, k));
            assertThat(out.get(0).get(r, k)).isCloseTo(next, within(1e-13));
            assertThat(out.get(1).get(r, k)).isCloseTo(Math.tanh(next), within(1e-13));
          }
        }
      }
    }
  }

  @Test
  void fusedProgramsHaveFewerInstructionsAndTheSameBits() {
    Program.Builder p = Program.inputs(3);
    int product = p.mul(0, 1); // Read twice: it stays.
    int sum = p.add(product, p.mul(1, 2));
    int both = p.add(p.mul(0, 2), p.mul(sum, 1));
    int same = p.mul(0, 0); // A result: it stays.
    Program plain = p.results(p.add(both, product), same, p.add(same, 2));
    Program fused = plain.fused();
    assertThat(fused.body()).hasSize(plain.body().size() - 2);
    assertThat(lstm().fused().body()).hasSize(lstm().body().size() - 1);
    Tensor[] in = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      in[i] = KEY.fold(i).normal(DType.FLOAT32, Shape.of(3, 700), 0, 1);
    }
    List<Tensor> expected = plain.run("f", in);
    List<Tensor> found = fused.run("f", in);
    for (int i = 0; i < 3; i++) {
      assertThat(found.get(i).sameBits(expected.get(i))).isTrue();
    }
  }

  @Test
  void anElementHasTheSameBitsWhereverItLies() {
    Tensor x = KEY.normal(DType.FLOAT32, Shape.of(41, 523), 0, 3);
    for (Code code : Code.values()) {
      if (code.operands() != 1) {
        continue;
      }
      Tensor all = Program.of(code).run("f", x).getFirst();
      Tensor turned = Program.of(code).run("f", x.transpose(0, 1)).getFirst();
      assertThat(turned.transpose(0, 1).sameBits(all)).as("%s", code).isTrue();
      Tensor part = Program.of(code).run("f", x.slice(0, 7, 9)).getFirst();
      assertThat(part.sameBits(all.slice(0, 7, 9))).as("%s", code).isTrue();
    }
  }

  @Test
  void aSingleElementMeetsEveryOther() {
    Tensor x = KEY.normal(DType.FLOAT32, Shape.of(3, 1500), 0, 3);
    Program.Builder b = Program.inputs(2);
    Program p = b.results(b.mul(b.add(0, 1), 1));
    for (Tensor view : List.of(x, x.slice(1, 3, 1499), x.slice(1, 0, 90), x.transpose(0, 1))) {
      Tensor out = p.run("f", view, Tensor.scalar(DType.FLOAT32, 1.5)).getFirst();
      Tensor full = Tensor.full(DType.FLOAT32, view.shape(), 1.5).contiguous();
      assertThat(out.sameBits(view.add(full).mul(full))).isTrue();
    }
  }

  @Test
  void programsThatReadAheadAreRefused() {
    assertThatThrownBy(
            () -> new Program(1, List.of(new Instruction(Code.ADD, 0, 1, -1, 1, 0)), List.of(1)))
        .hasMessage("[program] instruction 0 reads register 1 before it is written");
    assertThatThrownBy(() -> new Program(1, List.of(), List.of(0)))
        .hasMessageContaining("distinct registers of instructions");
    assertThatThrownBy(() -> lstm().run("cell", Tensor.scalar(DType.FLOAT32, 1)))
        .hasMessage("[cell] expected 4 inputs, got 1");
  }

  @Test
  void aRowWithNanHasNoProbabilitiesAndTheOthersDo() {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor x = KEY.fold(8).normal(type, Shape.of(2, 100), 0, 1);
      for (int at : new int[] {0, 50, 99}) {
        double[] values = x.toDoubles();
        values[100 + at] = Double.NaN;
        Tensor p = Softmax.softmax(Tensor.of(Shape.of(2, 100), values).to(type));
        assertThat(p.select(0, 1).toDoubles()).containsOnly(Double.NaN);
        assertThat(p.select(0, 0).sameBits(Softmax.softmax(x).select(0, 0))).isTrue();
      }
    }
  }

  @Test
  void softmaxAndCrossEntropyAgreeWithTheirFormulas() {
    Tensor x = KEY.fold(9).normal(DType.FLOAT64, Shape.of(20, 33), 0, 30);
    Tensor p = Softmax.softmax(x);
    Tensor l = Softmax.logSoftmax(x);
    int[] target = new int[20];
    for (int i = 0; i < 20; i++) {
      target[i] = i % 5 == 0 ? Softmax.IGNORED : i;
    }
    Tensor targets = Tensor.of(Shape.of(20), target);
    Tensor loss = Softmax.crossEntropy(x, targets);
    Tensor g = KEY.fold(10).normal(DType.FLOAT64, Shape.of(20), 0, 1);
    Tensor d = Softmax.losses(x, targets, g).gradient();
    for (int i = 0; i < 20; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < 33; j++) {
        max = Math.max(max, x.get(i, j));
      }
      double sum = 0;
      for (int j = 0; j < 33; j++) {
        sum += Math.exp(x.get(i, j) - max);
      }
      boolean ignored = target[i] == Softmax.IGNORED;
      assertThat(loss.get(i))
          .isCloseTo(ignored ? 0 : max + Math.log(sum) - x.get(i, target[i]), within(1e-12));
      for (int j = 0; j < 33; j++) {
        double q = Math.exp(x.get(i, j) - max) / sum;
        assertThat(p.get(i, j)).isCloseTo(q, within(1e-13));
        assertThat(l.get(i, j)).isCloseTo(x.get(i, j) - max - Math.log(sum), within(1e-12));
        double expected = ignored ? 0 : g.get(i) * (q - (j == target[i] ? 1 : 0));
        assertThat(d.get(i, j)).isCloseTo(expected, within(1e-13));
      }
    }
    assertThatThrownBy(
            () -> Softmax.crossEntropy(x, Tensor.of(Shape.of(20), new int[20]).reshape(4, 5)))
        .hasMessage("[crossEntropy] expected logits [N, V] and targets [N], got [20, 33] x [4, 5]");
    target[1] = 33;
    assertThatThrownBy(() -> Softmax.crossEntropy(x, Tensor.zeros(DType.FLOAT32, Shape.of(20))))
        .hasMessage("[crossEntropy] expected class ids as int32, got targets float32[20]");
    assertThatThrownBy(() -> Softmax.crossEntropy(x, Tensor.of(Shape.of(20), target)))
        .hasMessage("[crossEntropy] target 33 is outside 0 to 32");
  }

  @Test
  void randomNumbersDependOnKeyAndPositionOnly() {
    RandomKey k = RandomKey.of(1);
    double[] x = k.normal(DType.FLOAT64, Shape.of(100_000), 2, 3).toDoubles();
    double mean = java.util.Arrays.stream(x).average().orElseThrow();
    double variance =
        java.util.Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(2, within(0.05));
    assertThat(variance).isCloseTo(9, within(0.2));
    assertThat(k.normal(DType.FLOAT64, Shape.of(10), 2, 3).toDoubles())
        .isEqualTo(java.util.Arrays.copyOf(x, 10));
    assertThat(k.fold(1)).isNotEqualTo(k.fold(2)).isNotEqualTo(k);
    assertThat(k.fold("ab")).isNotEqualTo(k.fold("ba"));
    assertThat(k.permutation(50)).doesNotHaveDuplicates().isNotEqualTo(k.fold(1).permutation(50));
    assertThat(
            java.util.Arrays.stream(k.bernoulli(DType.FLOAT64, Shape.of(100_000), 0.3).toDoubles())
                .average()
                .orElseThrow())
        .isCloseTo(0.3, within(0.01));
  }
}
