package dev.unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import java.util.ArrayList;
import java.util.List;

/** A step in float64, its inputs and weights, to be run in several ways that must agree. */
record Compared(
    Scan.Body body, List<Variable> inputs, List<Variable> initial, List<Parameter> weights) {
  private static final RandomKey KEY = RandomKey.of(23);

  static Tensor normal(int number, int... dims) {
    return KEY.fold(number).normal(DType.FLOAT64, Shape.of(dims), 0, 0.7);
  }

  static Parameter weight(int number, int... dims) {
    return new Parameter(normal(number, dims));
  }

  static Variable input(int number, int... dims) {
    return Variable.input(normal(number, dims));
  }

  /** Values of outputs and of what is carried on, then gradients by everything. */
  List<Tensor> run(Scan scan) {
    Scan.Result r = scan.run(body, inputs, initial, 0);
    List<Variable> results = new ArrayList<>(r.outputs());
    results.addAll(r.carried());
    List<Tensor> all = new ArrayList<>();
    Variable loss = Variable.scalar(DType.FLOAT64, 0);
    for (int i = 0; i < results.size(); i++) {
      Variable v = results.get(i);
      all.add(v.value());
      loss = loss.add(v.mul(Variable.of(normal(300 + i, v.shape().dims()))).sum());
    }
    List<Variable> by = new ArrayList<>();
    inputs.stream().filter(Variable::requiresGradient).forEach(by::add);
    by.addAll(initial);
    by.addAll(weights);
    Variable total = loss;
    Variable.withoutGradient(() -> Gradients.of(total, Variable.scalar(DType.FLOAT64, 1), by))
        .forEach(v -> all.add(v.value()));
    return all;
  }

  /** Compares planned, recomputed and eager runs in both orders; all must have been planned. */
  void agrees() {
    for (Scan scan : List.of(Scan.forward(), Scan.backward())) {
      List<Tensor> eager = run(scan.eager());
      List<Tensor> planned = run(scan);
      assertThat(scan.explain()).contains("saved per step");
      List<Tensor> recomputed = run(scan.checkpointed());
      for (int i = 0; i < eager.size(); i++) {
        equal(planned.get(i), eager.get(i), "result " + i + "\n" + scan.explain());
        assertThat(recomputed.get(i).toDoubles()).isEqualTo(planned.get(i).toDoubles());
      }
    }
  }

  static void equal(Tensor planned, Tensor eager, String what) {
    assertThat(Tolerance.of(1e-11).difference(eager, planned)).as(what).isEmpty();
  }
}
