package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The loop that {@link Scan} stands for, written over plain variables. */
final class HandLoop {
  private HandLoop() {}

  static Scan.Result run(Setup s) {
    int steps = s.steps();
    List<List<Variable>> outputs = new ArrayList<>();
    List<Variable> state = s.initial();
    for (int i = 0; i < steps; i++) {
      int t = s.backward() ? steps - 1 - i : i;
      List<Variable> now = s.inputs().stream().map(x -> x.select(0, t)).toList();
      Scan.Result r = s.body().step(now, state, Variable.scalar(DType.INT32, t));
      outputs.add(s.backward() ? 0 : outputs.size(), r.outputs());
      state = r.carried();
    }
    return new Scan.Result(steps == 0 ? none(s) : stacked(outputs), state);
  }

  private static List<Variable> stacked(List<List<Variable>> steps) {
    List<Variable> all = new ArrayList<>();
    for (int k = 0; k < steps.getFirst().size(); k++) {
      int which = k;
      all.add(Variable.stack(0, steps.stream().map(o -> o.get(which)).toList()));
    }
    return all;
  }

  /** Without a step there are outputs nevertheless: of T = 0. */
  private static List<Variable> none(Setup s) {
    List<Variable> zeros =
        s.inputs().stream()
            .map(x -> Variable.of(Tensor.zeros(x.type(), x.shape().without(0))))
            .toList();
    Scan.Result r = s.body().step(zeros, s.initial(), Variable.scalar(DType.INT32, 0));
    return r.outputs().stream()
        .map(o -> Variable.of(Tensor.zeros(o.type(), zero(o.shape()))))
        .toList();
  }

  private static Shape zero(Shape step) {
    return step.insert(0, 0);
  }
}
