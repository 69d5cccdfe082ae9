package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.plan.Expr.Apply;
import dev.unroll.autograd.plan.Expr.Input;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a step graph: a value and its shape on each line, {@code '} where it has a gradient,
 * the user's line as a comment.
 *
 * <pre>
 * float32
 * %x0 = sequence : [32, 64]
 * %c0 = invariant : [64, 512]'
 * %2 = matmul %x0 %c0 : [32, 512]' # MyCell.step(MyCell.java:12)
 * output 0 %2
 * </pre>
 */
final class StepText {
  private static final Pattern RECORD = Pattern.compile("[^\\[]*\\[(.*)]", Pattern.DOTALL);

  private StepText() {}

  static String of(StepGraph graph) {
    StringBuilder s = new StringBuilder(name(graph.type())).append('\n');
    graph.nodes().forEach(e -> s.append(line(e, graph.type())).append('\n'));
    graph.results().forEach(r -> s.append(line(r)).append('\n'));
    return s.toString();
  }

  private static String name(DType type) {
    return type.toString().toLowerCase(Locale.ROOT);
  }

  /** Returns the line of a value in a graph over a type. */
  static String line(Expr e, DType type) {
    String left =
        switch (e) {
          case Input in -> in + " = " + input(in.role());
          case Apply a -> a + " = " + operation(a);
        };
    String other = e.type() == type ? "" : name(e.type()) + " ";
    String line = left + " : " + other + e.shape() + (e.gradient() ? "'" : "");
    return e.info().line() == null ? line : line + " # " + e.info().line();
  }

  /** Returns an operation and its operands. */
  static String operation(Apply e) {
    return operation(e.op()) + names(e.in());
  }

  private static String input(Role role) {
    return switch (role) {
      case Role.Sequence s -> "sequence";
      case Role.Time t -> "time";
      case Role.Carried c -> "carried";
      case Role.Invariant i -> "invariant";
      case Role.Unchanged u -> "unchanged state";
      case Role.Derived d -> "once " + operation(d.op()) + names(d.of());
      case Role.Literal l -> "literal " + value(l.value());
      case Role.OutputSeed o -> "gradient of output " + o.index();
      case Role.NextSeed n -> "gradient of next " + n.index();
      case Role.Forward f -> "saved %" + f.id();
    };
  }

  private static String value(Tensor t) {
    double[] all = t.toDoubles();
    for (double x : all) {
      if (Double.compare(x, all[0]) != 0) {
        return "of several values";
      }
    }
    return all.length == 0 ? "of no values" : String.valueOf(all[0]);
  }

  private static String line(Result r) {
    return switch (r) {
      case Result.Output o -> "output " + o.index() + names(o.of());
      case Result.Next n -> "next " + n.index() + names(n.of());
      case Result.Saved s -> "save" + names(s.of());
      case Result.Accumulate a ->
          "accumulate " + a.by() + " " + a.kind().name().toLowerCase(Locale.ROOT) + names(a.of());
    };
  }

  /** Returns the names of values, each after a space. */
  static String names(List<?> of) {
    return of.stream().map(e -> " " + e).collect(Collectors.joining());
  }

  /**
   * Returns the name of an operation and its attributes, as its record shows them: {@code matmul},
   * {@code matmul[tb]}, {@code slice[axis=1, from=0, to=4]}.
   */
  static String operation(Op op) {
    Matcher record = RECORD.matcher(op.toString());
    if (!op.getClass().isRecord() || !record.matches()) {
      return op.name();
    }
    String attributes =
        record
            .group(1)
            .replaceAll("\\w+=false(, |$)", "")
            .replaceAll("(\\w+)=true", "$1")
            .replaceAll(", $", "");
    return attributes.isEmpty() ? op.name() : op.name() + "[" + attributes + "]";
  }
}
