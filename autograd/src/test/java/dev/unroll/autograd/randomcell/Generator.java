package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.randomcell.Leaf.Role;
import dev.unroll.autograd.randomcell.RandomCell.Expression;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a cell from a seed: leaves, expressions, and which of these are outputs and states. */
final class Generator {
  private final Random random;
  private final Sizes sizes;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<Expression> expressions = new ArrayList<>();
  private final List<Operand> values = new ArrayList<>();
  private final List<Integer> states = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();

  /** Values that differ from step to step. */
  private final Set<Integer> changing = new HashSet<>();

  private boolean masked;
  private int largest;

  private Generator(Random random, Sizes sizes) {
    this.random = random;
    this.sizes = sizes;
  }

  /** Returns the cell of a seed. */
  static RandomCell cell(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + 11);
    return new Generator(random, Sizes.any(random)).cell();
  }

  /** Returns a cell with enough rows and steps that threads share the work. */
  static RandomCell large(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + 12);
    return new Generator(random, Sizes.large(random)).cell();
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private RandomCell cell() {
    masked = sizes.steps() > 0 && chance(0.2);
    new Leaves(random, sizes, masked).all().forEach(this::leaf);
    int n = 1 + random.nextInt(12);
    for (int i = 0; i < n; i++) {
      any();
    }
    List<Integer> next = new ArrayList<>();
    for (int s : states) {
      next.add(next(s));
    }
    if (outputs.isEmpty() || chance(0.7)) {
      outputs.add(output());
    }
    if (chance(0.25)) {
      outputs.add(output());
    }
    if (chance(0.2)) { // A part of a state.
      int part = extend(new Random(random.nextLong()), pick("slice", "select"), next.getLast());
      outputs.add(part >= 0 ? part : next.getLast());
    }
    RandomCell.Loss loss =
        chance(0.8)
            ? RandomCell.Loss.ALL
            : chance(0.5) ? RandomCell.Loss.OUTPUTS : RandomCell.Loss.STATES;
    return new RandomCell(
        sizes.steps(), chance(0.4), masked, loss, leaves, expressions, outputs, next);
  }

  private void leaf(Leaf leaf) {
    if (leaf.role() == Role.STATE) {
      states.add(values.size());
    }
    if (leaf.role() == Role.STATE || leaf.role() == Role.TIME || leaf.role().isSequence()) {
      changing.add(values.size());
    }
    largest = Math.max(largest, leaf.shape().size());
    leaves.add(leaf);
    values.add(leaf.operand(sizes.steps()));
  }

  private static List<String> pick(String... names) {
    return List.of(names);
  }

  /** Adds some expression that fits. */
  private int any() {
    int total = Kind.ALL.stream().mapToInt(Kind::weight).sum();
    for (int attempt = 0; attempt < 40; attempt++) {
      int at = random.nextInt(total);
      int k = 0;
      while (at >= Kind.ALL.get(k).weight()) {
        at -= Kind.ALL.get(k++).weight();
      }
      Kind kind = Kind.ALL.get(k);
      Integer[] in = new Integer[kind.arity()];
      for (int i = 0; i < in.length; i++) {
        in[i] = value();
      }
      if (kind.name().equals("gather") || kind.name().equals("crossEntropy")) {
        in[1] = numbers(in[1]);
      }
      boolean changes = Arrays.stream(in).anyMatch(changing::contains) || chance(0.04);
      int made = changes ? add(kind, random.nextLong(), in) : -1;
      if (made >= 0) {
        return made;
      }
    }
    return add(Kind.named("affine"), random.nextLong(), states.getFirst());
  }

  private int numbers(int otherwise) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      if (!values.get(i).isFloating()) {
        all.add(i);
      }
    }
    return all.isEmpty() ? otherwise : all.get(random.nextInt(all.size()));
  }

  /** Returns a value, often one of the last. */
  private int value() {
    int n = values.size();
    return chance(0.5) ? n - 1 - random.nextInt(Math.min(n, 3)) : random.nextInt(n);
  }

  /** Adds an expression; returns its number, or -1 if the operands do not fit. */
  private int add(Kind kind, long attributes, Integer... in) {
    Expression e = new Expression(kind, attributes, List.of(in));
    Operand[] own = e.in().stream().map(values::get).toArray(Operand[]::new);
    if (kind.call(attributes, 0, own) == null) {
      return -1;
    }
    Operand result = e.result(values);
    if (result.rank() > 4 || result.shape().size() > Math.max(sizes.most(), largest)) {
      return -1;
    }
    if (e.in().stream().anyMatch(changing::contains) && !kind.name().equals("full")) {
      changing.add(values.size());
    }
    expressions.add(e);
    values.add(result);
    return values.size() - 1;
  }

  private int extend(Random r, List<String> kinds, int of) {
    return add(Kind.named(kinds.get(r.nextInt(kinds.size()))), r.nextLong(), of);
  }

  /** Returns a floating-point value. */
  private int floating() {
    int v = value();
    while (!values.get(v).isFloating()) {
      v = value();
    }
    return v;
  }

  private int computed() {
    int from = leaves.size();
    int v = from + random.nextInt(values.size() - from);
    return changing.contains(v) || chance(0.1) ? v : from + random.nextInt(values.size() - from);
  }

  private int output() {
    return chance(0.1) ? floating() : computed();
  }

  /** Returns what takes the place of a state. */
  private int next(int state) {
    double p = random.nextDouble();
    if (p < 0.06) {
      return state;
    }
    if (p < 0.12) { // Another state, as in a queue.
      return coerced(states.get(random.nextInt(states.size())), state);
    }
    if (p < 0.2) {
      return coerced(unchanging(), state);
    }
    if (p < 0.25) {
      return coerced(add(Kind.named("detach"), 0, computed()), state);
    }
    if (p < 0.28) {
      return add(Kind.named("full"), random.nextLong(), state);
    }
    if (p < 0.42) {
      int joined = joined(state);
      if (joined >= 0) {
        return joined;
      }
    }
    int v = coerced(chance(0.3) ? computed() : floating(), state);
    return chance(0.75) ? add(Kind.named("tanh"), 0, v) : v;
  }

  /** Returns a parameter or a constant. */
  private int unchanging() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      switch (leaves.get(i).role()) {
        case PARAMETER, CAPTURED, CONSTANT -> all.add(i);
        default -> {}
      }
    }
    return all.isEmpty() ? states.getFirst() : all.get(random.nextInt(all.size()));
  }

  /** Returns a concatenation of two parts, one of which is an output; -1 if there are no parts. */
  private int joined(int state) {
    int part = add(Kind.named("slice"), random.nextLong(), state);
    if (part < 0 || values.get(part).equals(values.get(state))) {
      return -1;
    }
    int a = add(Kind.named("tanh"), 0, coerced(computed(), part));
    int b = coerced(computed(), part);
    for (int attempt = 0; attempt < 8; attempt++) {
      int joined = add(Kind.named("concat"), random.nextLong(), a, b);
      if (joined >= 0) {
        outputs.add(a);
        return fitted(joined, state);
      }
    }
    return -1;
  }

  private int fitted(int joined, int state) {
    return values.get(joined).equals(values.get(state)) ? joined : coerced(joined, state);
  }

  /** Returns a value of the shape of another, made by views, sums and expansions. */
  private int coerced(int v, int like) {
    if (values.get(v).shape().equals(values.get(like).shape())) {
      return v;
    }
    int made = turned(v, like);
    for (String kind : pick("reshapeLike", "expandLike", "sumLike")) {
      made = made >= 0 ? made : add(Kind.named(kind), 0, v, like);
    }
    if (made < 0) {
      int sum = add(Kind.named("sum"), 0, v);
      made = values.get(like).rank() == 0 ? sum : add(Kind.named("expandLike"), 0, sum, like);
    }
    return made;
  }

  private int turned(int v, int like) {
    if (values.get(v).shape().size() != values.get(like).shape().size()) {
      return -1;
    }
    for (int attempt = 0; attempt < 6; attempt++) {
      long attributes = random.nextLong();
      Operand shown = turned(attributes, v);
      if (shown != null && shown.shape().equals(values.get(like).shape())) {
        return add(Kind.named("permute"), attributes, v);
      }
    }
    return -1;
  }

  private @Nullable Operand turned(long attributes, int v) {
    Kind permute = Kind.named("permute");
    return permute.call(attributes, 0, values.get(v)) == null
        ? null
        : new Expression(permute, attributes, List.of(v)).result(values);
  }

  /** How large a cell is. */
  record Sizes(int batch, int[] axes, int steps, int most) {

    static Sizes any(Random r) {
      if (r.nextInt(60) == 0) {
        return large(r);
      }
      int batch = r.nextInt(33) == 0 ? 0 : r.nextInt(4) == 0 ? 1 : 1 + r.nextInt(5);
      int[] axes = {1 + r.nextInt(5), 1 + r.nextInt(4)};
      int steps = r.nextInt(33) == 0 ? 0 : 1 + r.nextInt(r.nextInt(25) == 0 ? 140 : 6);
      return new Sizes(batch, axes, steps, 400);
    }

    static Sizes large(Random r) {
      int[] some = {8, 16, 24, 33, 64};
      int[] axes = {some[r.nextInt(5)], some[r.nextInt(5)]};
      int batch = r.nextInt(3) == 0 ? axes[0] : some[r.nextInt(5)];
      return new Sizes(batch, axes, 10 + r.nextInt(70), 8192);
    }

    int axis(Random r) {
      return r.nextInt(5) == 0 ? 1 : axes[r.nextInt(axes.length)];
    }

    /** Returns a shape of the given rank, whose first axis is B. */
    Shape rows(Random r, int rank) {
      int[] dims = new int[rank];
      for (int i = 0; i < rank; i++) {
        dims[i] = i == 0 ? batch : most > 1000 && i > 1 ? 1 + r.nextInt(2) : axis(r);
      }
      return Shape.of(dims);
    }
  }
}
