/**
 * The planner: a step function becomes a loop of tensor-core in passes, each in a file of its name,
 * from graph to graph or to the next form. {@link dev.unroll.autograd.plan.Plan} is their order.
 *
 * <pre>
 * TracedStep     step function     -> StepGraph   symbolic variables record what the step does
 * Simplify       StepGraph         -> StepGraph   rewrite rules, from a list
 * Differentiate  StepGraph         -> Steps       the backward step, from the operations' gradients
 * PlaceResults   StepGraph         -> StepGraph   a value of its own for each result
 * Rematerialize  Steps             -> Steps       values saved, values computed again
 * Partition      StepGraph         -> Partition   once, all steps at once, in a loop
 * Fuse           Partition         -> Fused       the order of tasks; pointwise programs
 * Lower          Fused             -> Lowered     a loop, and the roles of its inputs
 * </pre>
 *
 * <p>Not here: running a plan, and the cache of plans ({@code autograd.scan}); the loop itself
 * ({@code tensor.loop}).
 */
package dev.unroll.autograd.plan;
