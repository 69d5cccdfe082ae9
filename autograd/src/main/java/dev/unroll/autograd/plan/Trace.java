package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.Pointwise;
import dev.unroll.autograd.Variable;
import dev.unroll.autograd.graph.Forward;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.OpNode;
import dev.unroll.autograd.graph.Recorder;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.op.OnGradient;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records a step as symbolic variables, which have a shape and no value, in the order in which they
 * are made; equal expressions are recorded once. Concrete variables become inputs.
 */
public final class Trace implements Recorder {
  /** Names the role of a concrete variable that becomes an input. */
  @FunctionalInterface
  interface Lifting {
    /** Returns the role of the next such variable. */
    Role role(int index, Variable concrete);
  }

  /** The key of equal variables. */
  private record Key(Object made, List<Integer> in, DType type, Shape shape, boolean gradient) {}

  private final Lifting lifting;
  private final boolean lines;
  private final List<Variable> variables = new ArrayList<>();
  private final List<Key> keys = new ArrayList<>();
  private final List<@Nullable String> lineOf = new ArrayList<>();
  private final Map<Key, Variable> made = new HashMap<>();
  private final Map<Variable, Integer> numbers = new HashMap<>();
  private final Map<Variable, Variable> lifted = new LinkedHashMap<>();
  private final Map<Key, Variable> scalars = new HashMap<>();
  private boolean ended;

  /**
   * Creates a trace.
   *
   * @param lines whether the lines of the program that apply operations are recorded
   */
  Trace(Lifting lifting, boolean lines) {
    this.lifting = lifting;
    this.lines = lines;
  }

  /** Ends the recording. */
  void end() {
    ended = true;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  /** Returns the number of variables. */
  int size() {
    return variables.size();
  }

  /** Returns the variable of an index. */
  Variable variable(int number) {
    return variables.get(number);
  }

  /** Returns the index of a variable, in the order of recording. */
  int number(Variable v) {
    return numbers.getOrDefault(v, -1);
  }

  /** Returns the concrete variables that became inputs, in order. */
  public List<Variable> lifted() {
    return List.copyOf(lifted.keySet());
  }

  /** Returns the input of a role. */
  Variable input(Role role, DType type, Shape shape, boolean gradient) {
    Key key = new Key(role, List.of(), type, shape, gradient);
    return make(key, Internals.symbolic(this, type, shape, null, gradient));
  }

  /** Returns the variable of this trace that represents another. */
  Variable lift(Variable v) {
    if (Internals.recorder(v) == this) {
      return v;
    }
    Variable have = lifted.get(v);
    if (have != null) {
      return have;
    }
    Key key = null;
    if (!v.requiresGradient() && v.shape().size() == 1) {
      // Scalar constants of equal value are equal.
      key = new Key(v.value().item(), List.of(), v.type(), v.shape(), false);
      Variable same = scalars.get(key);
      if (same != null) {
        return same;
      }
    }
    Role role = lifting.role(lifted.size(), v);
    Variable input = input(role, v.type(), v.shape(), v.requiresGradient());
    lifted.put(v, input);
    if (key != null) {
      scalars.put(key, input);
    }
    return input;
  }

  @Override
  public Variable record(Op op, Variable... in) {
    if (op instanceof OnGradient) {
      throw Ineligible.HOOK.because();
    }
    Variable[] own = new Variable[in.length];
    Shape[] shapes = new Shape[in.length];
    DType[] types = new DType[in.length];
    Integer[] operands = new Integer[in.length];
    boolean gradient = false;
    for (int i = 0; i < in.length; i++) {
      own[i] = lift(in[i]);
      shapes[i] = own[i].shape();
      types[i] = own[i].type();
      operands[i] = number(own[i]);
      gradient |= own[i].requiresGradient();
    }
    boolean needs = gradient && Scope.current().records();
    DType type = op.type(types);
    if (!type.isFloating()) {
      throw Ineligible.INTEGER_RESULT.because(op.name(), type);
    }
    Shape shape = op.shape(shapes);
    if (op instanceof Pointwise) {
      // The type of its instructions' results, which a plan uses without checking again.
      Forward.check(op, type, shape, types[0], Shape.broadcast(op.name(), shapes));
    }
    Key key = new Key(op, List.of(operands), type, shape, needs);
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
    lineOf.add(lines ? UserLine.here() : null);
    return v;
  }

  /** Returns a key that is equal exactly for traces of the same structure. */
  Object structure() {
    return List.copyOf(keys);
  }

  /**
   * Adds variables to a graph.
   *
   * @param now the counterparts of this trace's variables in the graph, to which the next are added
   */
  void into(StepGraph.Builder graph, List<Expr> now) {
    for (int i = now.size(); i < variables.size(); i++) {
      Key key = keys.get(i);
      now.add(
          switch (key.made) {
            case Op op ->
                graph.apply(
                    op, key.gradient, lineOf.get(i), key.in.stream().map(now::get).toList());
            default -> graph.input((Role) key.made, key.type, key.shape, key.gradient);
          });
    }
  }

  /** Records the values of a graph. */
  static Trace of(StepGraph graph, Lifting lifting) {
    Trace trace = new Trace(lifting, false);
    List<Variable> now = new ArrayList<>();
    for (Expr e : graph.nodes()) {
      now.add(
          switch (e) {
            case Expr.Input in -> trace.input(in.role(), in.type(), in.shape(), in.gradient());
            case Expr.Apply a -> {
              Variable[] in = a.in().stream().map(u -> now.get(u.id())).toArray(Variable[]::new);
              yield Scope.current().recording(a.gradient()).call(() -> trace.record(a.op(), in));
            }
          });
    }
    return trace;
  }

  /** Returns the operation that computes a variable, or null for an input. */
  static @Nullable Op op(Variable v) {
    return Internals.node(v) instanceof OpNode n ? n.op() : null;
  }

  /** Returns the operands of a variable. */
  static List<Variable> in(Variable v) {
    return Internals.node(v) instanceof OpNode n ? List.of(n.inputs()) : List.of();
  }
}
