package dev.unroll.autograd.plan;

import dev.unroll.autograd.Op;
import dev.unroll.autograd.OpTable;
import dev.unroll.autograd.op.Elementwise.Add;
import dev.unroll.autograd.plan.StepGraph.Builder;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a step graph, so that the tests of a pass can say what it is given and what it
 * returns. Names of operations may be any here; a graph prints them as their positions.
 */
final class Graphs {
  private static final Pattern VALUE =
      Pattern.compile("%(\\w+) = (.+) : (?:(\\w+) )?(\\[[\\d, ]*])('?)(?: # (.*))?");
  private static final Pattern OP = Pattern.compile("(\\w+)(?:\\[(.*)])?");
  private static final Pattern NAME = Pattern.compile(" %(\\w+)");

  /** The classes of all operations. */
  private static final List<Class<? extends Op>> OPS =
      OpTable.lines().stream().<Class<? extends Op>>map(l -> l.op().getClass()).distinct().toList();

  private final Builder graph;
  private final Map<String, Expr> named = new HashMap<>();

  private Graphs(DType type) {
    graph = new Builder(type);
  }

  /** Returns the graph of a text whose header and inputs are these. */
  static StepGraph parse(String inputs, String rest) {
    return parse("float64\n" + inputs.strip() + "\n" + rest);
  }

  /** Returns the graph of a text. */
  static StepGraph parse(String text) {
    List<String> lines = text.strip().lines().toList();
    Graphs g = new Graphs(type(lines.getFirst()));
    lines.stream().skip(1).forEach(g::line);
    return g.graph.build();
  }

  private static DType type(String name) {
    return DType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private void line(String line) {
    Matcher m = VALUE.matcher(line);
    if (m.matches()) {
      DType type = m.group(3) == null ? DType.FLOAT64 : type(m.group(3));
      Shape shape = shape(m.group(4));
      Expr e = value(m.group(1), m.group(2), type, shape, !m.group(5).isEmpty(), m.group(6));
      if (!e.shape().equals(shape)) {
        throw new IllegalArgumentException(line + ", got " + e.shape());
      }
      named.put(m.group(1), e);
    } else {
      result(line);
    }
  }

  private Expr value(
      String name, String what, DType type, Shape shape, boolean gradient, String line) {
    Role role = role(name, what, shape);
    if (role != null) {
      return graph.input(role, type, shape, gradient);
    }
    List<Expr> in = operands(what);
    if (what.startsWith("once ")) {
      return graph.derived(op(what.substring(5)), gradient, in);
    }
    return graph.apply(op(what), gradient, line, in);
  }

  private Role role(String name, String what, Shape shape) {
    String[] words = what.split(" ");
    return switch (words[0]) {
      case "sequence" -> new Role.Sequence(number(name.substring(1)));
      case "time" -> new Role.Time();
      case "carried" -> new Role.Carried(number(name.substring(1)));
      case "invariant" -> new Role.Invariant(number(name.substring(1)));
      case "unchanged" -> new Role.Unchanged(number(name.substring(1)));
      case "literal" -> {
        Tensor value = Tensor.full(DType.FLOAT64, shape, Double.parseDouble(words[1]));
        yield new Role.Literal(number(name.substring(1)), value);
      }
      case "gradient" ->
          words[2].equals("output")
              ? new Role.OutputSeed(number(words[3]))
              : new Role.NextSeed(number(words[3]));
      case "saved" -> new Role.Forward(number(name.substring(1)));
      default -> null;
    };
  }

  private void result(String line) {
    String[] words = line.split(" ");
    List<Expr> of = operands(line);
    graph.result(
        switch (words[0]) {
          case "output" -> new Result.Output(number(words[1]), of.getFirst());
          case "next" -> new Result.Next(number(words[1]), of.getFirst());
          case "save" -> new Result.Saved(of.getFirst());
          case "accumulate" -> {
            Accumulator kind = Accumulator.valueOf(words[2].toUpperCase(Locale.ROOT));
            Role by = role(words[1]);
            yield new Result.Accumulate(by, kind, by(of, words[1]));
          }
          default -> throw new IllegalArgumentException(line);
        });
  }

  /** The first operand of an accumulation may be no value of a backward step. */
  private static List<Expr> by(List<Expr> of, String name) {
    return of.getFirst().toString().equals(name) ? of.subList(1, of.size()) : of;
  }

  private static Role role(String name) {
    int index = number(name.substring(2));
    return switch (name.charAt(1)) {
      case 'c' -> new Role.Invariant(index);
      case 'u' -> new Role.Unchanged(index);
      default -> new Role.Derived(index, new Add(), List.of(), true);
    };
  }

  private List<Expr> operands(String what) {
    List<Expr> in = new ArrayList<>();
    Matcher m = NAME.matcher(what);
    while (m.find()) {
      Expr e = named.get(m.group(1));
      if (e != null) {
        in.add(e);
      } else if (!what.startsWith("accumulate") || !in.isEmpty()) {
        throw new IllegalArgumentException("%" + m.group(1) + " is not defined: " + what);
      }
    }
    return in;
  }

  private static int number(String s) {
    return Integer.parseInt(s);
  }

  private static Shape shape(String s) {
    return Shape.of(ints(s).stream().mapToInt(i -> i).toArray());
  }

  private static List<Integer> ints(String s) {
    return Arrays.stream(s.split("[\\[\\], ]+"))
        .filter(x -> !x.isEmpty())
        .map(Graphs::number)
        .toList();
  }

  private static Op op(String what) {
    int operands = what.indexOf(" %");
    Matcher m = OP.matcher(operands < 0 ? what : what.substring(0, operands));
    if (!m.matches()) {
      throw new IllegalArgumentException(what);
    }
    Map<String, String> attributes = new HashMap<>();
    if (m.group(2) != null) {
      for (String a : m.group(2).split(", (?=[a-z])")) {
        int equals = a.indexOf('=');
        attributes.put(
            equals < 0 ? a : a.substring(0, equals), equals < 0 ? "true" : a.substring(equals + 1));
      }
    }
    return OPS.stream()
        .map(c -> make(c, attributes))
        .filter(Objects::nonNull)
        .filter(op -> op.name().equals(m.group(1)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(what));
  }

  /** Returns an operation, or null if its class has other attributes. */
  private static Op make(Class<? extends Op> op, Map<String, String> attributes) {
    RecordComponent[] components = op.getRecordComponents();
    Object[] values = new Object[components.length];
    int given = 0;
    for (int i = 0; i < components.length; i++) {
      String s = attributes.get(components[i].getName());
      Class<?> type = components[i].getType();
      given += s == null ? 0 : 1;
      if (s == null && type != boolean.class) {
        return null;
      }
      values[i] =
          switch (type.getSimpleName()) {
            case "boolean" -> s != null;
            case "int" -> number(s);
            case "double" -> Double.parseDouble(s);
            case "Shape" -> shape(s);
            default -> ints(s);
          };
    }
    if (given != attributes.size()) {
      return null;
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return op.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
