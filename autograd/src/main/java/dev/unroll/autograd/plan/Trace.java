package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Forward;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.OpNode;
import dev.unroll.autograd.graph.Recorder;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.graph.UntraceableException;
import dev.unroll.autograd.op.OnGradient;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step as a graph: variables that have a shape and no value, in the order in which they were
 * made, equal expressions made once. What is made from one of them becomes part of the trace, and
 * concrete variables that it meets become inputs that are the same at all steps.
 */
public final class Trace implements Recorder {
  /** Where an input comes from. */
  public enum Kind {
    SEQUENCE,
    CARRIED,
    INVARIANT,
    GRADIENT
  }

  /** What a variable without a node stands for. */
  public record Input(Kind kind, int index) {}

  /** What makes two variables equal. */
  private record Key(Object made, List<Integer> in, DType type, Shape shape, boolean gradient) {}

  private final List<Variable> variables = new ArrayList<>();
  private final List<Key> keys = new ArrayList<>();
  private final Map<Key, Variable> made = new HashMap<>();
  private final Map<Variable, Integer> numbers = new HashMap<>();
  private final Map<Variable, Input> inputs = new HashMap<>();
  private final Map<Variable, Variable> lifted = new LinkedHashMap<>();
  private final Map<Key, Variable> scalars = new HashMap<>();
  private int invariants;

  /** Returns all variables, each behind those it is made from. */
  public List<Variable> variables() {
    return variables;
  }

  /** Returns the place of a variable in the order. */
  public int number(Variable v) {
    return numbers.getOrDefault(v, -1);
  }

  /** Returns what an input stands for, or null if the variable is computed. */
  public @Nullable Input input(Variable v) {
    return inputs.get(v);
  }

  /** Returns the concrete variables that became inputs, in order. */
  public List<Variable> lifted() {
    return List.copyOf(lifted.keySet());
  }

  /** Returns the inputs that they became. */
  List<Variable> liftedInputs() {
    return List.copyOf(lifted.values());
  }

  /** Returns an input of the step. */
  public Variable input(Kind kind, int index, Shape shape, DType type, boolean gradient) {
    Input input = new Input(kind, index);
    Key key = new Key(input, List.of(), type, shape, gradient);
    Variable v = make(key, Internals.symbolic(this, type, shape, null, gradient));
    inputs.put(v, input);
    return v;
  }

  /** Returns a new input that is the same at all steps. */
  Variable invariant(Shape shape, DType type, boolean gradient) {
    return input(Kind.INVARIANT, invariants++, shape, type, gradient);
  }

  /** Returns the variable of this trace that stands for another. */
  Variable lift(Variable v) {
    if (Internals.recorder(v) == this) {
      return v;
    }
    Variable have = lifted.get(v);
    if (have != null) {
      return have;
    }
    boolean scalar = !v.requiresGradient() && v.shape().size() == 1;
    Key key = null;
    if (scalar) { // One number is the same wherever it was made.
      key = new Key(v.value().item(), List.of(), v.type(), v.shape(), false);
      Variable same = scalars.get(key);
      if (same != null) {
        return same;
      }
    }
    Variable input = invariant(v.shape(), v.type(), v.requiresGradient());
    lifted.put(v, input);
    if (key != null) {
      scalars.put(key, input);
    }
    return input;
  }

  @Override
  public Variable record(Op op, Variable... in) {
    if (op instanceof OnGradient) {
      throw new UntraceableException("it has a gradient hook");
    }
    Variable[] own = new Variable[in.length];
    Shape[] shapes = new Shape[in.length];
    DType[] types = new DType[in.length];
    boolean gradient = false;
    for (int i = 0; i < in.length; i++) {
      own[i] = lift(in[i]);
      shapes[i] = own[i].shape();
      types[i] = own[i].type();
      gradient |= own[i].requiresGradient();
    }
    boolean needs = gradient && Scope.current().records();
    DType type = op.type(types);
    if (!type.isFloating()) {
      throw new UntraceableException("[" + op.name() + "] returns " + type);
    }
    Shape shape = op.shape(shapes);
    if (op instanceof Pointwise) {
      // What its instructions compute, which a plan runs without asking again.
      Forward.check(op, type, shape, types[0], Shape.broadcast(op.name(), shapes));
    }
    List<Integer> numbers = Arrays.stream(own).map(this::number).toList();
    Key key = new Key(op, numbers, type, shape, needs);
    Variable have = made.get(key);
    return have != null
        ? have
        : make(key, Internals.symbolic(this, type, shape, new OpNode(op, null, own), needs));
  }

  private Variable make(Key key, Variable v) {
    Variable have = made.putIfAbsent(key, v);
    if (have != null) {
      return have;
    }
    numbers.put(v, variables.size());
    variables.add(v);
    keys.add(key);
    return v;
  }

  /** Returns what two traces of the same structure have in common, and no others. */
  Object structure() {
    return List.copyOf(keys);
  }

  /** Returns the operation that made a variable, or null for an input. */
  public static @Nullable Op op(Variable v) {
    return Internals.node(v) instanceof OpNode n ? n.op() : null;
  }

  /** Returns what a variable was made from. */
  public static List<Variable> in(Variable v) {
    return Internals.node(v) instanceof OpNode n ? List.of(n.inputs()) : List.of();
  }
}
