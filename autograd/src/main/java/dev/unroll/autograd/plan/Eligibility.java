package dev.unroll.autograd.plan;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.tensor.DType;
import java.util.List;

/**
 * Decides whether a traced step can be planned: {@link Ineligible} has the list of reasons. What
 * the operations of a step refuse while it is traced is thrown where they are; all that is known
 * after tracing is decided here. The passes refuse nothing: an exception of theirs is a defect,
 * except for the gradients of operations, which may be user code.
 */
public final class Eligibility {
  private Eligibility() {}

  /**
   * Checks a traced step.
   *
   * @param types the floating-point types of all its values
   * @throws UntraceableException if it cannot be planned
   */
  static void check(
      List<DType> types, List<Variable> carried, List<Variable> outputs, List<Variable> next) {
    if (next.size() != carried.size()) {
      throw Ineligible.STATE_SIZE.because(next.size(), carried.size());
    }
    if (types.isEmpty()) {
      throw Ineligible.NO_FLOATS.because();
    }
    if (types.size() > 1) {
      throw Ineligible.TYPES.because(types);
    }
    for (int i = 0; i < carried.size(); i++) {
      Variable before = carried.get(i);
      Variable after = next.get(i);
      boolean same = before.type() == after.type() && before.shape().equals(after.shape());
      if (!same || !before.type().isFloating()) {
        throw Ineligible.STATE_CHANGES.because(
            before.type() + "" + before.shape(), after.type() + "" + after.shape());
      }
    }
    for (Variable v : outputs) {
      if (!v.type().isFloating()) {
        throw Ineligible.INTEGER_OUTPUT.because(v.type());
      }
    }
  }

  /**
   * Checks a plan that is to run in a session.
   *
   * @throws UntraceableException if it cannot
   */
  public static void checkSession(Lowered plan) {
    if (plan.inputs().keys().containsValue(new Role.Time())) {
      throw Ineligible.TIME.because();
    }
  }
}
