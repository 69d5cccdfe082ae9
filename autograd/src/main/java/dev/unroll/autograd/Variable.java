package dev.unroll.autograd;

import dev.unroll.autograd.graph.AnomalyDetector;
import dev.unroll.autograd.graph.Deferred;
import dev.unroll.autograd.graph.Forward;
import dev.unroll.autograd.graph.Ineligible;
import dev.unroll.autograd.graph.Internals;
import dev.unroll.autograd.graph.MultiOutputNode;
import dev.unroll.autograd.graph.Node;
import dev.unroll.autograd.graph.OpNode;
import dev.unroll.autograd.graph.Origin;
import dev.unroll.autograd.graph.Recorder;
import dev.unroll.autograd.graph.Scope;
import dev.unroll.autograd.op.DeferredOp;
import dev.unroll.autograd.op.Elementwise;
import dev.unroll.autograd.op.Indexing;
import dev.unroll.autograd.op.Losses;
import dev.unroll.autograd.op.Movement;
import dev.unroll.autograd.op.OnGradient;
import dev.unroll.autograd.op.Products;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value that records the operation that computed it, so that gradients can flow back through it.
 * Its operations are these methods and those of {@link ElementwiseOperations}, {@link
 * ShapeOperations} and {@link ReductionOperations}.
 *
 * <p>Variables compare by identity. A graph is confined to the thread that builds it.
 */
public sealed class Variable implements ElementwiseOperations, ShapeOperations, ReductionOperations
    permits Parameter {
  private final DType type;
  private final Shape shape;
  private final @Nullable Node node;
  private final int index;
  private final boolean requiresGradient;
  private final @Nullable Recorder recorder;
  private @Nullable Tensor value;
  private @Nullable Deferred deferred;

  /** The maximum depth of a chain of deferred values: reading one must not overflow the stack. */
  private static final int DEEPEST = 8;

  static {
    Internals.register(new Access());
  }

  Variable(DType type, Shape shape, @Nullable Node node, int index, boolean requiresGradient) {
    this(null, type, shape, node, index, requiresGradient);
  }

  /** Creates a variable; a symbolic one has no value. */
  Variable(
      @Nullable Recorder recorder,
      DType type,
      Shape shape,
      @Nullable Node node,
      int index,
      boolean requiresGradient) {
    this.recorder = recorder;
    this.type = type;
    this.shape = shape;
    this.node = node;
    this.index = index;
    this.requiresGradient = requiresGradient;
  }

  /** Returns a constant. */
  public static Variable of(Tensor value) {
    return leaf(Objects.requireNonNull(value, "value"), false);
  }

  /** Returns a constant of rank 0, which broadcasts to any shape. */
  public static Variable scalar(DType type, double value) {
    return of(Tensor.scalar(type, value));
  }

  /** Returns a variable that gradients can be computed with respect to, but that is not updated. */
  public static Variable input(Tensor value) {
    return leaf(value, value.type().isFloating());
  }

  private static Variable leaf(Tensor value, boolean requiresGradient) {
    Variable v = new Variable(value.type(), value.shape(), null, 0, requiresGradient);
    v.value = value;
    return v;
  }

  /** Returns a result of a node, which records gradients if they can flow. */
  static Variable result(Tensor value, Node node, int index) {
    if (!value.type().isFloating()) {
      return of(value);
    }
    Variable v = new Variable(value.type(), value.shape(), node, index, true);
    v.value = value;
    return v;
  }

  /**
   * Applies an operation. It is recorded if a gradient can flow through it.
   *
   * @throws IllegalArgumentException if it is not defined for the shapes or types
   */
  public static Variable apply(Op op, Variable... in) {
    checkOperands(op.name(), in);
    Recorder recorder = Recorder.of(in);
    return recorder == null ? compute(op, in) : recorder.record(op, in);
  }

  private static void checkOperands(String name, Variable... in) {
    for (int i = 0; i < in.length; i++) {
      if (in[i] == null) {
        throw new NullPointerException(
            "[" + name + "] expected a variable as operand " + i + ", got null");
      }
    }
  }

  private static Variable compute(Op op, Variable... in) {
    Shape[] shapes = new Shape[in.length];
    DType[] types = new DType[in.length];
    boolean differentiable = false;
    boolean parameters = false;
    int depth = 0;
    for (int i = 0; i < in.length; i++) {
      shapes[i] = in[i].shape;
      types[i] = in[i].type;
      differentiable |= in[i].requiresGradient;
      parameters |= in[i] instanceof Parameter;
      Deferred d = in[i].deferred;
      depth = d == null ? depth : Math.max(depth, d.depth());
    }
    Scope scope = Scope.current();
    boolean record = differentiable && scope.records();
    DType type = op.type(types);
    Shape shape = op.shape(shapes);
    Node node = record ? new OpNode(op, scope.origin(), in.clone()) : null;
    Variable out = new Variable(type, shape, node, 0, record);
    boolean watched = parameters && scope.watches();
    if (!watched && depth < DEEPEST && op instanceof DeferredOp d && d.isDeferred()) {
      out.deferred = Deferred.of(op, List.of(in), depth + 1);
    } else {
      out.value = Forward.of(op, type, shape, values(in));
      if (scope.watches()) {
        AnomalyDetector.checkForward(op.name(), out, in);
      }
    }
    return out;
  }

  /**
   * Applies an operation with several results. It is recorded if a gradient can flow through it.
   *
   * @throws IllegalArgumentException if it is not defined for the shapes or types
   */
  public static List<Variable> apply(MultiOutputOp op, List<Variable> in) {
    Variable[] inputs = in.toArray(Variable[]::new);
    Scope scope = Scope.current();
    boolean record = scope.records() && in.stream().anyMatch(Variable::requiresGradient);
    List<Tensor> values = op.forward(List.of(values(inputs)));
    Node node = record ? new MultiOutputNode(op, values.size(), scope.origin(), inputs) : null;
    List<Variable> out = new ArrayList<>();
    for (Tensor t : values) {
      out.add(node == null ? of(t) : result(t, node, out.size()));
      if (scope.watches()) {
        AnomalyDetector.checkForward(op.name(), out.getLast(), inputs);
      }
    }
    return out;
  }

  private static Tensor[] values(Variable... in) {
    Tensor[] values = new Tensor[in.length];
    for (int i = 0; i < in.length; i++) {
      values[i] = in[i].value();
    }
    return values;
  }

  /** Runs a task without recording: its results have no gradient. */
  public static <R> R withoutGradient(Supplier<R> body) {
    return Scope.current().recording(false).call(body);
  }

  /** Returns the element type. */
  public final DType type() {
    return type;
  }

  /** Returns the shape. */
  public final Shape shape() {
    return shape;
  }

  /** Returns whether gradients flow to this. */
  public final boolean requiresGradient() {
    return requiresGradient;
  }

  /** Returns the value, computing it if deferred. */
  public Tensor value() {
    Tensor v = value;
    if (recorder != null && recorder.hasEnded()) {
      throw Recorder.outlived(this);
    }
    if (recorder != null) {
      throw Ineligible.READS_VALUE.because(this, Origin.here());
    }
    if (v == null) {
      Deferred d = deferred;
      if (d == null) {
        throw new IllegalStateException("[variable] has no value: " + this);
      }
      v =
          d.place()
              .call(
                  () -> Forward.of(d.op(), type, shape, values(d.read().toArray(Variable[]::new))));
      value = v;
      deferred = null;
    }
    return v;
  }

  final @Nullable Node node() {
    return node;
  }

  /** Returns the index of this among the results of its node. */
  final int index() {
    return index;
  }

  /** Returns the deferred computation of the value, if it has not been read yet. */
  final @Nullable Deferred deferred() {
    return recorder != null && node instanceof OpNode n
        ? Deferred.of(n.op(), List.of(n.inputs()), 0)
        : deferred;
  }

  /** Returns the recorder, if this is symbolic. */
  final @Nullable Recorder recorder() {
    return recorder;
  }

  /** Returns the same value as a constant: no gradient flows through. */
  public final Variable detach() {
    if (!requiresGradient) {
      return this;
    }
    return recorder == null
        ? of(value())
        : withoutGradient(() -> apply(new Elementwise.Identity(0), this));
  }

  /**
   * Returns the same value with a gradient hook, which is called once in each backward pass with
   * the sum of all gradients with respect to the returned variable, and whose result replaces that
   * sum. It may record norms, clip, or return its argument.
   *
   * @param hook returns a gradient of the same shape
   */
  public final Variable onGradient(UnaryOperator<Variable> hook) {
    Objects.requireNonNull(hook, "hook");
    return apply(new OnGradient(hook), this);
  }

  /** Returns the matrix product {@code [..., M, K] x [..., K, N] -> [..., M, N]}. */
  public final Variable matmul(Variable other) {
    return apply(new Products.MatMul(false, false), this, other);
  }

  /** Returns the matrix product with the transposed {@code [..., N, K]} of another. */
  public final Variable matmulTransposed(Variable other) {
    return apply(new Products.MatMul(false, true), this, other);
  }

  /**
   * Returns {@code this W + b}, in one pass over the result.
   *
   * @param w {@code [I, O]}, of this {@code [..., I]}
   * @param b {@code [O]}
   */
  public final Variable linear(Variable w, Variable b) {
    return apply(new Products.MatMulAdd(), b, this, w);
  }

  /** Gathers rows of this table {@code [V, E]} by int32 ids: {@code [ids..., E]}. */
  public final Variable gather(Variable ids) {
    return apply(new Indexing.Gather(), this, ids);
  }

  /**
   * Returns the cross-entropy of each row of logits, in nats: {@code [N, V], [N] -> [N]}.
   *
   * @param targets int32 class ids; -1 for an ignored row
   */
  public final Variable crossEntropy(Variable targets) {
    return apply(new Losses.CrossEntropy(), this, targets);
  }

  /**
   * Returns {@code sum w[i] l[i]} of the cross-entropies {@code l} of the rows; if a gradient may
   * be needed, it is computed in the same pass over the logits.
   *
   * @param targets int32 class ids {@code [N]}; -1 for an ignored row
   * @param weights {@code [N]}, of the type of the logits
   * @throws IllegalArgumentException if they have another shape
   */
  public final Variable crossEntropy(Variable targets, Tensor weights) {
    if (!weights.shape().equals(targets.shape)) {
      throw new IllegalArgumentException(
          "[crossEntropy] expected a weight for each row, got "
              + Shape.join(shape, targets.shape, weights.shape()));
    }
    boolean follows = requiresGradient && Scope.current().records();
    return follows && Recorder.of(this, targets) == null
        ? apply(new Losses.TotalCrossEntropy(weights), List.of(this, targets)).getFirst()
        : crossEntropy(targets).mul(of(weights)).sum();
  }

  /** Concatenates variables, at least one, along an axis. */
  public static Variable concat(int axis, Variable... parts) {
    if (Objects.requireNonNull(parts, "[concat] expected parts, got null").length == 0) {
      throw new IllegalArgumentException("[concat] expected at least one part, got none");
    }
    checkOperands("concat", parts);
    int a = parts[0].shape.axis(axis);
    return parts.length == 1 ? parts[0] : apply(new Movement.Concat(a), parts);
  }

  /** Stacks variables of equal shape along a new axis. */
  public static Variable stack(int axis, List<Variable> parts) {
    return concat(
        axis, parts.stream().map(v -> v.reshape(v.shape.insert(axis, 1))).toArray(Variable[]::new));
  }

  @Override
  public final String toString() {
    return (node == null ? leaf() : node.name()) + " " + type + shape;
  }

  private String leaf() {
    return this instanceof Parameter
        ? "parameter"
        : requiresGradient || recorder != null ? "input" : "constant";
  }

  private static final class Access implements Internals.Access {
    @Override
    public @Nullable Node nodeOf(Variable v) {
      return v.node;
    }

    @Override
    public int indexOf(Variable v) {
      return v.index;
    }

    @Override
    public @Nullable Deferred deferredOf(Variable v) {
      return v.deferred();
    }

    @Override
    public @Nullable Recorder recorderOf(Variable v) {
      return v.recorder;
    }

    @Override
    public Variable resultOf(Tensor value, Node node, int index) {
      return Variable.result(value, node, index);
    }

    @Override
    public Variable symbolicOf(
        Recorder recorder, DType type, Shape shape, @Nullable Node node, boolean gradient) {
      return new Variable(recorder, type, shape, node, 0, gradient);
    }

    @Override
    public Set<Parameter> parametersReadBy(Runnable work) {
      return Snapshot.readBy(work);
    }
  }
}
