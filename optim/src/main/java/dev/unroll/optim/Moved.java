package dev.unroll.optim;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Slot;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A parameter and its optimizer state. */
final class Moved {
  private final Parameter parameter;
  private final Rule rule;
  private final List<Slot> memory = new ArrayList<>();
  private long updates;

  Moved(Parameter parameter, Rule rule) {
    this.parameter = parameter;
    this.rule = rule;
    for (int i = 0; i < rule.memory().size(); i++) {
      memory.add(Slot.of(Tensor.zeros(parameter.type(), parameter.shape())));
    }
  }

  /** A prepared update: applying it does not fail. */
  interface Step {
    /** Updates the parameter. */
    void take();
  }

  /** Prepares an update at the rule's learning rate times a factor; nothing changes yet. */
  Step step(Gradient gradient, double factor) {
    Program program = program(rule.learningRate() * factor, gradient.factor());
    Tensor numbers = gradient.stored();
    return () -> {
      updates++;
      switch (gradient) {
        case Gradient.Dense d -> parameter.update(rule.name(), program, memory, numbers);
        case Gradient.Sparse s ->
            parameter.updateRows(rule.name(), program, memory, s.ids(), numbers);
      }
    };
  }

  /** Returns the rule as a program over the gradient, the parameter and the memory. */
  private Program program(double learningRate, double factor) {
    Checks.rate(learningRate);
    int n = memory.size();
    Program.Builder p = Program.inputs(2 + n);
    int gradient = factor == 1 ? 0 : p.affine(0, factor, 0);
    List<Integer> registers = IntStream.range(2, 2 + n).boxed().toList();
    List<Integer> results = rule.emit(p, learningRate, updates + 1, 1, gradient, registers);
    if (results.size() != 1 + n) {
      throw new IllegalStateException(
          "[" + rule.name() + "] emits " + results.size() + " results, not " + (1 + n));
    }
    return p.results(results.toArray(Integer[]::new));
  }

  /** Returns the name of the rule. */
  String rule() {
    return rule.name();
  }

  void save(String name, Map<String, Tensor> state) {
    state.put("updates/" + name, Tensor.scalar(DType.FLOAT64, (double) updates));
    for (int i = 0; i < memory.size(); i++) {
      state.put(rule.memory().get(i) + "/" + name, memory.get(i).keep());
    }
  }

  /**
   * Checks a state before anything is restored.
   *
   * @param all the number of updates of the optimizer; that of one parameter is at most as large
   */
  void check(String name, Map<String, Tensor> state, long all) {
    long own = States.count("updates/" + name, state);
    if (own > all) {
      throw new IllegalArgumentException(
          "[restore] expected at most " + all + " updates of \"" + name + "\", got " + own);
    }
    for (String memory : rule.memory()) {
      States.finite(memory + "/" + name, state, rule.notNegative().contains(memory));
    }
  }

  void restore(String name, Map<String, Tensor> state) {
    updates = States.count("updates/" + name, state);
    for (int i = 0; i < memory.size(); i++) {
      memory.set(i, Slot.of(States.get(rule.memory().get(i) + "/" + name, state)));
    }
  }
}
