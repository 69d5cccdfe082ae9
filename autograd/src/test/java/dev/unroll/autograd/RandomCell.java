package dev.unroll.autograd;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * A cell nobody would think of: a random expression over all operations, of an input, row numbers
 * and some carried variables. One seed makes one cell.
 */
final class RandomCell {
  static final int B = 3;
  static final int H = 4;
  static final int V = 5;

  final List<Parameter> weights = new ArrayList<>();
  final int carried;
  private final DType type;
  private final long seed;

  /** What is applied to two values that were computed before. */
  private record Choice(BiFunction<Variable, Variable, Variable> f) {}

  private final List<Choice> choices = new ArrayList<>();

  RandomCell(long seed, DType type) {
    this.seed = seed;
    this.type = type;
    Random random = new Random(seed);
    carried = 1 + random.nextInt(3);
    for (int i = 0; i < 5; i++) {
      weights.add(weight(i, H, H));
    }
    weights.add(weight(5, H));
    weights.add(weight(6, 1, H));
    weights.add(weight(7, V, H));
    Parameter row = weights.get(5);
    Parameter wide = weights.get(6);
    Variable half = Variable.scalar(type, 0.5);
    add((a, b) -> a.add(b));
    add((a, b) -> a.sub(b));
    add((a, b) -> a.mul(b));
    add((a, b) -> a.div(b.mul(b).affine(1, 1)));
    add((a, b) -> a.max(b));
    add((a, b) -> a.min(b));
    add((a, b) -> a.where(a.greater(b), b));
    add((a, b) -> a.tanh());
    add((a, b) -> a.sigmoid());
    add((a, b) -> a.softplus());
    add((a, b) -> a.tanh().exp());
    add((a, b) -> a.mul(a).affine(1, 0.5).log());
    add((a, b) -> a.mul(a).affine(1, 0.5).sqrt());
    add((a, b) -> a.abs());
    add((a, b) -> a.affine(-0.7, 0.1));
    add((a, b) -> a.add(row));
    add((a, b) -> a.mul(wide));
    add((a, b) -> a.mul(half));
    add((a, b) -> a.softmax());
    add((a, b) -> a.logSoftmax());
    add((a, b) -> a.sub(a.sumTo(Shape.of(B, 1)).affine(0.25, 0)));
    add((a, b) -> a.add(a.sumTo(Shape.of(1, H)).expand(Shape.of(B, H)).affine(0.1, 0)));
    add((a, b) -> a.mul(a.sum().tanh()));
    add((a, b) -> Variable.concat(1, a.slice(1, 1, H), b.slice(1, 0, 1)));
    add((a, b) -> a.add(b.detach()));
    add((a, b) -> a.reshape(Shape.of(B, 2, 2)).permute(0, 2, 1).reshape(Shape.of(B, H)));
    add((a, b) -> a.matmulTransposed(b).matmul(a).affine(0.1, 0));
    for (int i = 0; i < 5; i++) {
      Parameter w = weights.get(i);
      add((a, b) -> a.matmul(w));
      add((a, b) -> a.matmulTransposed(w));
      add((a, b) -> a.matmul(w).add(b.matmul(weights.getFirst())).add(row));
    }
    Parameter w = weight(8, 2 * H, H);
    weights.add(w);
    add((a, b) -> Variable.concat(1, a, b).matmul(w));
  }

  private void add(BiFunction<Variable, Variable, Variable> f) {
    choices.add(new Choice(f));
  }

  private Parameter weight(int number, int... dims) {
    RandomKey key = RandomKey.of(seed).fold(number);
    return new Parameter(key.normal(DType.FLOAT64, Shape.of(dims), 0, 0.4).to(type));
  }

  /** Takes a step; inputs are {@code [B, H]} and row numbers {@code [B]}. */
  Scan.Result step(List<Variable> in, List<Variable> state, Variable time) {
    Random random = new Random(seed + 1);
    List<Variable> pool = new ArrayList<>(state);
    pool.add(in.get(0));
    pool.add(weights.get(7).rows(in.get(1)));
    int n = 3 + random.nextInt(12);
    for (int i = 0; i < n; i++) {
      Variable a = pool.get(random.nextInt(pool.size()));
      Variable b = pool.get(random.nextInt(pool.size()));
      pool.add(choices.get(random.nextInt(choices.size())).f.apply(a, b));
    }
    List<Variable> next = new ArrayList<>();
    for (int i = 0; i < carried; i++) {
      // Bounded, so that no sequence explodes; sometimes as it comes.
      Variable v = pool.get(random.nextInt(pool.size()));
      next.add(random.nextInt(4) == 0 && i > 0 ? state.get(0) : v.tanh());
    }
    return new Scan.Result(List.of(pool.getLast().tanh(), next.getFirst()), next);
  }
}
