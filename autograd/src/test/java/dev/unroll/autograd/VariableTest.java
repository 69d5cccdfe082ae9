package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.op.Elementwise.Abs;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.op.Elementwise.Affine;
import dev.unroll.autograd.op.Elementwise.Cos;
import dev.unroll.autograd.op.Elementwise.Div;
import dev.unroll.autograd.op.Elementwise.Erf;
import dev.unroll.autograd.op.Elementwise.Exp;
import dev.unroll.autograd.op.Elementwise.Greater;
import dev.unroll.autograd.op.Elementwise.Log;
import dev.unroll.autograd.op.Elementwise.Log1p;
import dev.unroll.autograd.op.Elementwise.Max;
import dev.unroll.autograd.op.Elementwise.Min;
import dev.unroll.autograd.op.Elementwise.Mul;
import dev.unroll.autograd.op.Elementwise.Sigmoid;
import dev.unroll.autograd.op.Elementwise.Sin;
import dev.unroll.autograd.op.Elementwise.Softplus;
import dev.unroll.autograd.op.Elementwise.Sqrt;
import dev.unroll.autograd.op.Elementwise.Sub;
import dev.unroll.autograd.op.Elementwise.Tanh;
import dev.unroll.autograd.op.Indexing.Gather;
import dev.unroll.autograd.op.Losses.CrossEntropy;
import dev.unroll.autograd.op.Movement.Concat;
import dev.unroll.autograd.op.Movement.Expand;
import dev.unroll.autograd.op.Movement.Permute;
import dev.unroll.autograd.op.Movement.Reshape;
import dev.unroll.autograd.op.Movement.Slice;
import dev.unroll.autograd.op.OnGradient;
import dev.unroll.autograd.op.Products.MatMul;
import dev.unroll.autograd.op.Reductions.LogSoftmax;
import dev.unroll.autograd.op.Reductions.SoftmaxOp;
import dev.unroll.autograd.op.Reductions.SumTo;
import dev.unroll.autograd.plan.Trace;
import dev.unroll.autograd.plan.Traces;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariableTest {
  private static final RandomKey KEY = RandomKey.of(111);

  private final Variable a = Variable.input(KEY.uniform(DType.FLOAT64, Shape.of(3, 4), 0.5, 2));
  private final Variable b =
      Variable.input(KEY.fold(1).uniform(DType.FLOAT64, Shape.of(3, 4), 0.5, 2));
  private final Variable ids = Variable.of(Tensor.of(Shape.of(3), 2, 0, 1));

  private static void assertSame(Variable found, Variable expected) {
    assertThat(found.value().sameBits(expected.value())).as("%s", found).isTrue();
  }

  @Test
  void nothingCannotBeConcatenated() {
    assertThatThrownBy(() -> Variable.concat(1))
        .hasMessage("[concat] expected at least one part, got none");
    assertThatThrownBy(() -> Variable.stack(0, List.of()))
        .hasMessage("[concat] expected at least one part, got none");
  }

  @Test
  void methodsApplyTheirOperation() {
    Map<Variable, Op> pairs = new LinkedHashMap<>();
    pairs.put(a.add(b), new Add());
    pairs.put(a.sub(b), new Sub());
    pairs.put(a.mul(b), new Mul());
    pairs.put(a.div(b), new Div());
    pairs.put(a.max(b), new Max());
    pairs.put(a.min(b), new Min());
    pairs.put(a.greater(b), new Greater());
    pairs.put(a.matmulTransposed(b), new MatMul(false, true));
    pairs.forEach((found, op) -> assertSame(found, Variable.apply(op, a, b)));
    Map<Variable, Op> unary = new LinkedHashMap<>();
    unary.put(a.affine(2, 3), new Affine(2, 3));
    unary.put(a.exp(), new Exp());
    unary.put(a.log(), new Log());
    unary.put(a.sqrt(), new Sqrt());
    unary.put(a.log1p(), new Log1p());
    unary.put(a.sin(), new Sin());
    unary.put(a.cos(), new Cos());
    unary.put(a.erf(), new Erf());
    unary.put(a.tanh(), new Tanh());
    unary.put(a.sigmoid(), new Sigmoid());
    unary.put(a.softplus(), new Softplus());
    unary.put(a.abs(), new Abs());
    unary.put(a.slice(-1, 1, 3), new Slice(1, 1, 3));
    unary.put(a.reshape(Shape.of(2, 6)), new Reshape(Shape.of(2, 6)));
    unary.put(a.permute(1, 0), new Permute(List.of(1, 0)));
    unary.put(a.expand(Shape.of(2, 3, 4)), new Expand(Shape.of(2, 3, 4)));
    unary.put(a.sumTo(Shape.of(4)), new SumTo(Shape.of(4)));
    unary.put(a.sum(), new SumTo(Shape.of()));
    unary.put(a.softmax(), new SoftmaxOp());
    unary.put(a.logSoftmax(), new LogSoftmax());
    unary.put(a.onGradient(g -> g), new OnGradient(g -> g));
    unary.forEach((found, op) -> assertSame(found, Variable.apply(op, a)));
    assertSame(a.matmul(b.permute(1, 0)), a.matmulTransposed(b));
    assertSame(a.where(a.greater(b), b), a.max(b));
    assertSame(a.gather(ids), Variable.apply(new Gather(), a, ids));
    assertSame(a.crossEntropy(ids), Variable.apply(new CrossEntropy(), a, ids));
    assertSame(Variable.concat(-1, a, b), Variable.apply(new Concat(1), a, b));
    assertThat(Variable.concat(0, a)).isSameAs(a);
    Variable stacked = Variable.stack(1, List.of(a, b));
    assertThat(stacked.shape()).isEqualTo(Shape.of(3, 2, 4));
    assertSame(stacked.select(1, 1), b);
  }

  /** Before their values are there: a plan would truncate them otherwise. */
  @Test
  void idsThatAreNotIntegersAreRefusedWhereTheyAreGiven() {
    Variable floats = Variable.of(Tensor.of(Shape.of(3), 0.9, 1.5, Double.NaN));
    assertThatThrownBy(() -> a.gather(floats))
        .hasMessage("[gather] expected int32 ids, got float64");
    assertThatThrownBy(() -> a.crossEntropy(floats))
        .hasMessage("[crossEntropy] class ids must be int32, not float64");
  }

  @Test
  void whatChangesNothingIsTheVariableItself() {
    assertThat(a.reshape(a.shape())).isSameAs(a);
    assertThat(a.expand(a.shape())).isSameAs(a);
    assertThat(a.sumTo(a.shape())).isSameAs(a);
    assertThat(ids.detach()).isSameAs(ids);
    assertThat(a.detach()).isNotSameAs(a).extracting(Variable::requiresGradient).isEqualTo(false);
    assertSame(a.detach(), a);
  }

  @Test
  void chunksAreEqualPartsOfAnAxis() {
    List<Variable> parts = a.chunk(1, 2);
    assertThat(parts).hasSize(2);
    assertSame(Variable.concat(1, parts.toArray(Variable[]::new)), a);
    assertThat(a.chunk(0, 1)).hasSize(1);
    assertThatThrownBy(() -> a.chunk(1, 3))
        .hasMessage("[chunk] axis 1 of [3, 4] cannot be split into 3 equal parts");
    assertThatThrownBy(() -> a.chunk(1, 0))
        .hasMessage("[chunk] axis 1 of [3, 4] cannot be split into 0 equal parts");
  }

  @Test
  void textNamesTheOperationTypeAndShape() {
    assertThat(a).hasToString("input float64[3, 4]");
    assertThat(a.sum()).hasToString("sum float64[]");
    assertThat(a.softmax()).hasToString("softmax float64[3, 4]");
    assertThat(a.logSoftmax()).hasToString("logSoftmax float64[3, 4]");
    assertThat(a.matmulTransposed(b)).hasToString("matmul float64[3, 3]");
    assertThat(a.gather(ids)).hasToString("gather float64[3, 4]");
  }

  @Test
  void onlyFloatingResultsOfARecordedInputCarryGradients() {
    MultiOutputOp split =
        new MultiOutputOp() {
          @Override
          public List<Tensor> forward(List<Tensor> in) {
            return List.of(in.getFirst(), in.getFirst().to(DType.INT32), in.getFirst());
          }

          @Override
          public List<Variable> gradient(List<Variable> g, List<Variable> in) {
            return List.of(g.getFirst() == null ? g.get(2).mul(2) : g.getFirst());
          }

          @Override
          public String name() {
            return "split";
          }
        };
    List<Variable> out = Variable.apply(split, List.of(a));
    assertThat(out).extracting(Variable::requiresGradient).containsExactly(true, false, true);
    assertThat(out.get(2)).hasToString("split float64[3, 4]");
    Variable loss = out.get(2).sum();
    Variable g = Gradients.of(loss, Variable.scalar(DType.FLOAT64, 1), List.of(a)).getFirst();
    assertThat(g.value().toDoubles()).containsOnly(2);
    List<Variable> silent = Variable.withoutGradient(() -> Variable.apply(split, List.of(a)));
    assertThat(silent).extracting(Variable::requiresGradient).containsOnly(false);
    assertThat(Variable.apply(split, List.of(a.detach())))
        .extracting(Variable::requiresGradient)
        .containsOnly(false);
  }

  @Test
  void atMostEightWaitForEachOther() {
    Variable v = a;
    List<Boolean> waits = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      v = v.permute(1, 0);
      waits.add(v.deferred() != null);
    }
    assertThat(waits).containsExactly(true, true, true, true, true, true, true, true, false, true);
    assertSame(v, a);
  }

  @Test
  void whoWatchesParametersWaitsForNothing() {
    Parameter p = new Parameter(a.value());
    assertThat(p.permute(1, 0).deferred()).isNotNull();
    Anomaly.detect(() -> {
      assertThat(p.permute(1, 0).deferred()).isNull();
      assertThat(a.permute(1, 0).deferred()).isNotNull();
      return p;
    });
  }

  @Test
  void whatIsMadeFromATracePartIsPartOfTheTrace() {
    Trace trace = Traces.begin();
    Variable x = Traces.input(trace, true, 3, 4);
    Variable sum = x.add(a);
    assertThat(sum.recorder()).isSameAs(trace);
    assertThat(sum.detach().recorder()).isSameAs(trace);
    assertThat(sum.detach().requiresGradient()).isFalse();
    assertThat(trace.lifted()).containsExactly(a);
  }
}
