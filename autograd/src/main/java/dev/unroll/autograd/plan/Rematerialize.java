package dev.unroll.autograd.plan;

import dev.unroll.autograd.op.Elementwise.Cos;
import dev.unroll.autograd.op.Elementwise.Erf;
import dev.unroll.autograd.op.Elementwise.Exp;
import dev.unroll.autograd.op.Elementwise.Log;
import dev.unroll.autograd.op.Elementwise.Log1p;
import dev.unroll.autograd.op.Elementwise.Sigmoid;
import dev.unroll.autograd.op.Elementwise.Sin;
import dev.unroll.autograd.op.Elementwise.Softplus;
import dev.unroll.autograd.op.Elementwise.Tanh;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pass that decides which values are saved for the backward pass. Cheap pointwise operations on
 * values that the backward pass has anyway are computed again instead: memory is slower than
 * arithmetic, and an array that is written in the forward pass and read in the backward pass leaves
 * every cache in between.
 */
final class Rematerialize {
  private final StepGraph forward;
  private final StepGraph backward;

  /** The values of the forward step that the backward step reads. */
  private final Set<Expr> read = new HashSet<>();

  /** The values with views, which read the buffer of the saved value. */
  private final Set<Expr> viewed = new HashSet<>();

  private Rematerialize(StepGraph forward, StepGraph backward) {
    this.forward = forward;
    this.backward = backward;
    for (Input in : backward.inputs()) {
      if (in.role() instanceof Role.Forward(int id)) {
        read.add(forward.nodes().get(id));
      }
    }
    forward.live().stream().filter(Expr::isView).forEach(e -> viewed.addAll(e.in()));
    for (Apply e : backward.live()) {
      if (e.isView() && e.in().getFirst() instanceof Input(Role.Forward(int id), var info)) {
        viewed.add(forward.nodes().get(id));
      }
    }
  }

  static Steps of(Steps steps) {
    return steps.backward().map(b -> new Rematerialize(steps.forward(), b).run()).orElse(steps);
  }

  private Steps run() {
    Set<Expr> results = forward.read();
    Set<Apply> again = new HashSet<>();
    for (Apply e : forward.live()) {
      boolean free = read.contains(e) && !results.contains(e) && !viewed.contains(e);
      if (free && isCheap(e) && e.in().stream().allMatch(this::isThere)) {
        again.add(e);
      }
    }
    StepGraph now = computing(again);
    List<Result.Saved> saved = new ArrayList<>();
    for (Input in : now.inputs()) {
      if (in.role() instanceof Role.Forward(int id) && forward.nodes().get(id) instanceof Apply e) {
        saved.add(new Result.Saved(e));
      }
    }
    return new Steps(forward.plus(saved), Optional.of(now));
  }

  private static boolean isCheap(Apply e) {
    return switch (e.op()) {
      case Exp x -> false;
      case Log l -> false;
      case Log1p l -> false;
      case Sin s -> false;
      case Cos c -> false;
      case Erf f -> false;
      case Tanh t -> false;
      case Sigmoid s -> false;
      case Softplus s -> false;
      default -> e.isPointwise();
    };
  }

  /** Returns whether the backward pass has a value without saving more. */
  private boolean isThere(Expr e) {
    return switch (e) {
      case Input in -> !(in.role() instanceof Role.Carried) || read.contains(in);
      case Apply a -> a.isView() ? isThere(a.in().getFirst()) : read.contains(a);
    };
  }

  /** Returns the backward step with recomputed values of the forward step. */
  private StepGraph computing(Set<Apply> again) {
    StepGraph.Builder to = new StepGraph.Builder(backward.type());
    Map<Role, Expr> copies = new HashMap<>();
    Map<Expr, Expr> now = new HashMap<>();
    for (Apply e : forward.live()) {
      if (again.contains(e)) {
        List<Expr> in = e.in().stream().map(u -> operand(u, copies, to)).toList();
        copies.put(new Role.Forward(e.id()), to.apply(e.op(), false, e.info().line(), in));
      }
    }
    for (Input in : backward.inputs()) {
      Expr copy = copies.get(in.role());
      now.put(in, copy == null ? to.input(in) : copy);
    }
    backward.live().forEach(e -> now.put(e, to.apply(e, now::get)));
    to.results(backward, now::get);
    return to.build().pruned();
  }

  private static Expr operand(Expr e, Map<Role, Expr> copies, StepGraph.Builder to) {
    Role role = Differentiate.role(e);
    Expr copy = copies.get(role);
    return copy == null ? to.input(role, e.type(), e.shape(), false) : copy;
  }
}
