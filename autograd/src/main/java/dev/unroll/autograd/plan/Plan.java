package dev.unroll.autograd.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A planned step: the passes in order, and the loop that they end in. */
public final class Plan {
  private static final List<String> PASSES =
      List.of(
          "trace",
          "simplify",
          "differentiate",
          "place",
          "rematerialize",
          "partition",
          "fuse",
          "lower");

  private final Map<String, List<?>> passes = new LinkedHashMap<>();
  private final List<Fused> tasks;
  private final Lowered lowered;

  private Plan(TracedStep step, Optional<Reach> reach, Setting setting) {
    StepGraph whole = step.graph();
    StepGraph traced = left("trace", reach.map(r -> r.restrict(whole)).orElse(whole));
    StepGraph simple = left("simplify", Simplify.of(traced, setting));
    Steps steps =
        left(
            "differentiate",
            reach.map(r -> Differentiate.of(simple, r)).orElseGet(() -> Steps.of(simple)));
    Steps placed = left("place", steps.map(PlaceResults::of));
    Steps saved = left("rematerialize", Rematerialize.of(placed));
    List<Partition> stages = left("partition", saved.all().map(Partition::of).toList());
    tasks = left("fuse", stages.stream().map(Fuse::of).toList());
    lowered = Lower.of(tasks);
    left("lower", lowered.texts());
  }

  /**
   * Plans a step.
   *
   * @param reach what gradients reach, if the backward pass is planned as well
   */
  public static Plan of(TracedStep step, Optional<Reach> reach, Setting setting) {
    return new Plan(step, reach, setting);
  }

  /** Records the result of a pass, and verifies it if assertions are enabled. */
  private StepGraph left(String pass, StepGraph graph) {
    assert Verifier.holds(graph) : pass;
    left(pass, List.of(graph));
    return graph;
  }

  private Steps left(String pass, Steps steps) {
    assert Verifier.holds(steps) : pass;
    left(pass, steps.all().toList());
    return steps;
  }

  private <T> List<T> left(String pass, List<T> forms) {
    passes.put(pass, forms);
    return forms;
  }

  /** Returns the loop that runs the step. */
  public Lowered lowered() {
    return lowered;
  }

  /** Returns a description of the plan. */
  public String explanation() {
    return Explanation.of(tasks, lowered);
  }

  /**
   * Checks the name of a pass.
   *
   * @throws IllegalArgumentException if there is no such pass; the message lists the passes
   */
  public static void checkPass(String pass) {
    Objects.requireNonNull(pass, "pass");
    if (!PASSES.contains(pass)) {
      throw new IllegalArgumentException(
          "[explain] expected one of the passes " + PASSES + ", got " + pass);
    }
  }

  /**
   * Returns the result of a pass: the forward step, and the backward step if any.
   *
   * @throws IllegalArgumentException as {@link #checkPass} does
   */
  public String explanation(String pass) {
    checkPass(pass);
    return Objects.requireNonNull(passes.get(pass)).stream()
        .map(Object::toString)
        .collect(Collectors.joining("backward\n"));
  }
}
