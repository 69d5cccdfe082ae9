package dev.unroll.autograd.plan;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.loop.Bindings;
import dev.unroll.tensor.loop.Loop;
import dev.unroll.tensor.loop.LoopValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A planned step as a loop of tensor-core.
 *
 * @param type of the floating-point values
 * @param inputs the roles of the loop's inputs
 * @param invariants the loop-invariants, each after those that it is derived from
 * @param constants the loop-invariants that no gradient of the backward pass reaches
 * @param backward the results of the backward pass, if it is planned
 * @param texts the tasks of the forward pass, then those of the backward pass, a line each
 */
public record Lowered(
    DType type,
    Loop loop,
    Bindings<Role> inputs,
    List<Role> invariants,
    Set<Role> constants,
    Sweep forward,
    Optional<Sweep> backward,
    List<String> texts) {

  /**
   * The results of a forward or backward pass. Those of a backward pass are the gradients with
   * respect to the arguments of the forward pass.
   *
   * @param outputs the values of all steps, by output or sequence
   * @param state the state after the last step, by variable
   * @param sums sums over all steps, whose total is the gradient with respect to a loop-invariant
   * @param gathered for a loop-invariant of which the step only gathers rows, where their ids are:
   *     its gradient is sparse
   */
  public record Sweep(
      Map<Integer, LoopValue> outputs,
      Map<Integer, LoopValue> state,
      Map<Role, List<LoopValue>> sums,
      Map<Role, Set<Role>> gathered) {}
}
