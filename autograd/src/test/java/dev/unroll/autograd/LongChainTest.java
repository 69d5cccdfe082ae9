package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongChainTest {
  @Test
  void chainOfAMillionOpsDoesNotOverflowTheStack() {
    Parameter p = new Parameter(Tensor.scalar(DType.FLOAT64, 2));
    Variable v = p;
    for (int i = 0; i < 1_000_000; i++) {
      v = v.affine(1, 1e-6);
    }
    assertThat(Gradients.of(v, List.of(p)).get(p).dense().item()).isEqualTo(1);
  }

  @Test
  void readingManyViewsOfViewsDoesNotOverflowTheStack() {
    Variable turned = Variable.input(Tensor.of(Shape.of(1, 2), 3.0, 4.0));
    for (int i = 0; i < 100_001; i++) {
      turned = turned.permute(1, 0);
    }
    assertThat(turned.value().get(1, 0)).isEqualTo(4);
  }

  @Test
  void joiningThousandsOfTimesDoesNotOverflowTheStack() {
    Parameter p = new Parameter(Tensor.of(Shape.of(1), 2.0));
    Variable all = p.affine(1, 0);
    for (int i = 0; i < 3_000; i++) {
      all = Variable.concat(0, all, p.affine(i, 0));
    }
    Variable loss = all.sum();
    assertThat(Gradients.of(loss, List.of(p)).get(p).dense().item())
        .isEqualTo(1 + 3_000 * 2_999 / 2);
  }
}
