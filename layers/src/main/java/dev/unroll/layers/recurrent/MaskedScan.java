package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import java.util.ArrayList;
import java.util.List;

/**
 * A scan with masked steps: a masked row retains its state and outputs 0.
 *
 * @param padding the masked steps, and what replaces their inputs
 * @param backward whether the last step is taken first
 * @param hooked whether a hook receives the gradient with respect to the state
 */
record MaskedScan(Padding padding, boolean backward, boolean hooked) {

  /** A step of the cell from a given state. */
  interface Stepper {
    Step<?> step(List<Variable> now, List<Variable> read);
  }

  /**
   * Runs all steps. In addition to the state, the state that the next step reads is carried: a plan
   * computes both together, whereas a selection before each step would be another task of the loop.
   * With a hook, which must receive the whole gradient with respect to the state, it is not
   * carried.
   *
   * @param inputs {@code [T, B, I]}, the mask and the mask of the next step, and others
   */
  Scan.Result run(Scan scan, Stepper cell, List<Variable> inputs, List<Variable> given, int time) {
    int n = given.size();
    List<Variable> initial = padding.initial(given);
    List<Variable> start = new ArrayList<>(given);
    boolean ahead = !hooked && !padding.isLeading();
    if (ahead) {
      Variable first =
          padding.mask().select(0, backward ? inputs.getFirst().shape().dim(0) - 1 : 0);
      start.addAll(padding.read(first, given, given, initial, given));
    }
    Scan.Body body =
        (now, carried, at) -> {
          List<Variable> state = carried.subList(0, n);
          List<Variable> read =
              ahead
                  ? carried.subList(n, 2 * n)
                  : padding.isLeading()
                      ? state
                      : padding.read(now.get(1), state, given, initial, state);
          Scan.Result taken = blend(now.get(1), cell.step(now, read), read, state);
          if (!ahead) {
            return taken;
          }
          List<Variable> after = new ArrayList<>(taken.carried());
          after.addAll(padding.read(now.get(2), taken.carried(), given, initial, read));
          return new Scan.Result(taken.outputs(), after);
        };
    return scan.run(body, inputs, start, time);
  }

  private static Scan.Result blend(
      Variable mask, Step<?> step, List<Variable> read, List<Variable> carried) {
    List<Variable> after = new ArrayList<>();
    List<Variable> stepped = step.state().variables();
    for (int i = 0; i < stepped.size(); i++) {
      Variable v = stepped.get(i);
      Variable before = carried.get(i);
      after.add(v == read.get(i) ? before : v.where(State.column(mask, v), before));
    }
    // An output that is a state variable follows it, so that gradients add up as without a mask.
    int same = stepped.indexOf(step.output());
    Variable output = same >= 0 ? after.get(same) : step.output();
    Variable zero = Variable.scalar(output.type(), 0);
    return new Scan.Result(List.of(output.where(mask, zero)), after);
  }
}
