package dev.unroll.autograd;

import dev.unroll.autograd.graph.Node;
import dev.unroll.autograd.graph.OpNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A printable view of the graph of a variable: every operation with its type and shape, in the
 * order of recording. Large graphs are abbreviated in the middle.
 *
 * <pre>
 * %1 parameter weight float32[3, 2]
 * %2 constant float32[4, 3]
 * %3 matmul(%2, %1) float32[4, 2]
 * </pre>
 */
public final class Graph {
  /** The number of lines shown at the beginning and at the end. */
  private static final int SHOWN = 100;

  private final List<Variable> variables;
  private final Map<Variable, Integer> numbers = new HashMap<>();
  private final Map<Variable, String> names = new HashMap<>();

  private Graph(Variable out, Map<String, Parameter> names) {
    names.forEach((name, p) -> this.names.putIfAbsent(p, name));
    variables = List.copyOf(inOrder(out));
    variables.forEach(v -> numbers.put(v, numbers.size() + 1));
  }

  /** Returns the view of a graph with unnamed parameters. */
  public static Graph of(Variable out) {
    return of(out, Map.of());
  }

  /** Returns the view of a graph with the names of parameters, such as those of a layer. */
  public static Graph of(Variable out, Map<String, Parameter> names) {
    return new Graph(out, names);
  }

  private static Set<Variable> inOrder(Variable out) {
    Set<Variable> seen = new HashSet<>(Set.of(out));
    List<Variable> open = new ArrayList<>(seen);
    List<Variable> recorded = new ArrayList<>();
    while (!open.isEmpty()) {
      Variable v = open.removeLast();
      if (v.node() != null) {
        recorded.add(v);
      }
      inputs(v).stream().filter(seen::add).forEach(open::add);
    }
    recorded.sort(Comparator.comparingLong(Graph::id).thenComparingInt(Variable::index));
    Set<Variable> ordered = new LinkedHashSet<>();
    for (Variable v : recorded) {
      ordered.addAll(inputs(v));
      ordered.add(v);
    }
    ordered.add(out);
    return ordered;
  }

  private static long id(Variable v) {
    Node node = v.node();
    return node == null ? 0 : node.id();
  }

  private static List<Variable> inputs(Variable v) {
    Node node = v.node();
    Variable[] in = node == null ? null : node.inputsIfThere();
    return in == null ? List.of() : Arrays.asList(in);
  }

  /**
   * Returns the parameters that the variable depends on, except through computations that were not
   * recorded.
   */
  public Set<Parameter> parameters() {
    Set<Parameter> found = new LinkedHashSet<>();
    for (Variable v : variables) {
      if (v instanceof Parameter p) {
        found.add(p);
      }
    }
    return found;
  }

  /** Returns one line per variable. */
  public String text() {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < variables.size(); i++) {
      if (isShown(i)) {
        Variable v = variables.get(i);
        String in = inputs(v).stream().map(this::number).collect(Collectors.joining(", "));
        s.append(number(v)).append(' ').append(what(v));
        s.append(in.isEmpty() ? "" : "(" + in + ")");
        s.append(' ').append(v.type()).append(v.shape()).append('\n');
      } else if (i == SHOWN) {
        s.append("... ").append(more()).append(" ...\n");
      }
    }
    return s.toString();
  }

  /** Returns the graph in the language of Graphviz. */
  public String dot() {
    StringBuilder s = new StringBuilder("digraph {\n");
    for (int i = 0; i < variables.size(); i++) {
      if (isShown(i)) {
        Variable v = variables.get(i);
        String label = what(v) + "\\n" + v.type() + v.shape();
        s.append("  ").append(i + 1).append(" [label=\"").append(label).append("\"]\n");
        for (String from : inputs(v).stream().map(this::box).distinct().toList()) {
          s.append("  ").append(from).append(" -> ").append(i + 1).append('\n');
        }
      } else if (i == SHOWN) {
        s.append("  more [shape=plaintext, label=\"").append(more()).append("\"]\n");
      }
    }
    return s.append("}\n").toString();
  }

  private boolean isShown(int i) {
    return i < SHOWN || i >= variables.size() - SHOWN;
  }

  private String more() {
    return String.format(Locale.ROOT, "%,d more", variables.size() - 2 * SHOWN);
  }

  private int place(Variable v) {
    Integer number = numbers.get(v);
    return number == null ? 0 : number;
  }

  private String number(Variable v) {
    return "%" + place(v);
  }

  private String box(Variable v) {
    return isShown(place(v) - 1) ? String.valueOf(place(v)) : "more";
  }

  private String what(Variable v) {
    Node node = v.node();
    if (node != null) {
      String released = node.inputsIfThere() == null ? " (released)" : "";
      return node.name() + (node instanceof OpNode ? "" : "[" + v.index() + "]") + released;
    }
    if (v instanceof Parameter) {
      String name = names.get(v);
      return name == null ? "parameter" : "parameter " + name;
    }
    return v.requiresGradient() ? "input" : "constant";
  }
}
