package dev.unroll.autograd.randomcell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a random cell as Java, to read and to paste into {@link HandPickedCellsTest}. */
final class CellCode {
  private final RandomCell cell;
  private final List<Operand> operands;
  private final List<String> names = new ArrayList<>();
  private final StringBuilder code = new StringBuilder();

  private CellCode(RandomCell cell) {
    this.cell = cell;
    this.operands = cell.operands();
  }

  static String of(RandomCell cell) {
    return new CellCode(cell).print();
  }

  private String print() {
    List<String> inputs = new ArrayList<>();
    List<String> initial = new ArrayList<>();
    List<String> by = new ArrayList<>();
    code.append("type -> {\n");
    for (int i = 0; i < cell.leaves().size(); i++) {
      Leaf leaf = cell.leaves().get(i);
      String name = leaf.role() == Leaf.Role.TIME ? "time" : leaf.letter() + i;
      declare(leaf, name);
      if (leaf.gradient()) {
        by.add(name);
      }
      if (leaf.role().isSequence()) {
        names.add("in.get(" + inputs.size() + ")");
        inputs.add(sequence(leaf, name));
      } else if (leaf.role() == Leaf.Role.STATE) {
        names.add("c.get(" + initial.size() + ")");
        initial.add(name);
      } else {
        names.add(name);
      }
    }
    code.append("  Scan.Body body = (in, c, time) -> {\n");
    for (int i = 0; i < cell.expressions().size(); i++) {
      expression(i);
    }
    line(
        "    return new Scan.Result(List.of(%s), List.of(%s));\n  };\n",
        cell.outputs().stream().map(names::get).collect(Collectors.joining(", ")),
        cell.next().stream().map(names::get).collect(Collectors.joining(", ")));
    if (cell.masked()) {
      line(
          "  // Rows are masked by CellBody.blend, with Data.mask(type, 7, %d, %d).\n",
          cell.steps(), cell.batch());
    }
    line(
        "  return new Setup(body, List.of(%s), List.of(%s), List.of(%s), %s, Loss.%s);\n}",
        String.join(", ", inputs),
        String.join(", ", initial),
        String.join(", ", by),
        cell.backward(),
        cell.loss());
    return code.toString();
  }

  private void line(String format, Object... arguments) {
    code.append(String.format(Locale.ROOT, format, arguments));
  }

  private void declare(Leaf leaf, String name) {
    int[] dims =
        leaf.role().isSequence()
            ? leaf.shape().insert(0, cell.steps()).dims()
            : leaf.shape().dims();
    String all =
        java.util.Arrays.stream(dims).mapToObj(n -> ", " + n).collect(Collectors.joining());
    long seed = leaf.seed();
    switch (leaf.role()) {
      case SEQUENCE, STATE, CAPTURED ->
          line(
              "  Variable %s = Data.%s(type, %d%s);\n",
              name, leaf.gradient() ? "input" : "constant", seed, all);
      case PARAMETER -> line("  Parameter %s = Data.parameter(type, %d%s);\n", name, seed, all);
      case EMBEDDED ->
          line(
              "  Parameter %s = Data.parameter(type, %d, %d, %d);\n",
              name, seed, leaf.rows(), leaf.shape().dim(1));
      case CONSTANT -> line("  Variable %s = Data.constant(type, %d%s);\n", name, seed, all);
      case IDS, FIXED_IDS, CLASSES ->
          line(
              "  Variable %s = Variable.of(Data.ids(%d, %d, %d%s));\n",
              name, seed, leaf.role() == Leaf.Role.CLASSES ? -1 : 0, leaf.high(), all);
      case TIME -> {}
    }
  }

  private String sequence(Leaf leaf, String name) {
    return leaf.role() == Leaf.Role.EMBEDDED
        ? String.format(
            Locale.ROOT,
            "%s.gather(Variable.of(Data.ids(%d, 0, %d, %d, %d))).permute(1, 0, 2)",
            name,
            leaf.seed() + 1,
            leaf.rows(),
            leaf.shape().dim(0),
            cell.steps())
        : name;
  }

  private void expression(int i) {
    RandomCell.Expression e = cell.expressions().get(i);
    String text = e.call(operands, 0).code();
    for (int k = 0; k < e.in().size(); k++) {
      text = text.replace("$" + k, names.get(e.in().get(k)));
    }
    int number = names.size();
    names.add("v" + number);
    line(
        "    Variable v%d = %s; // [%s]\n",
        number, text, ViewKinds.list(operands.get(number).shape()));
  }
}
