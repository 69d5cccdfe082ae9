package dev.unroll.autograd.randomcell;

import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The attributes of one expression, drawn in the range that the shapes of its operands allow: the
 * expression stays valid, and stays the same expression, when a shrinker makes the shapes smaller.
 */
final class Attributes {
  private final SplittableRandom random;

  /** Which call of a cell with the same structure this is: constants depend on it. */
  final int version;

  Attributes(long seed, int version) {
    this.random = new SplittableRandom(seed);
    this.version = version;
  }

  /** Returns a number from 0 to n - 1. */
  int next(int n) {
    return random.nextInt(Math.max(1, n));
  }

  /** Returns a constant: often one that an expression could be simplified with. */
  double constant() {
    double[] usual = {0, 0.5, 1, -0.75, 0.25, -1};
    int first = next(usual.length);
    int second = next(usual.length);
    return usual[version == 0 ? first : second];
  }

  /** Returns a random order of axes, seldom the one they have. */
  List<Integer> order(int rank) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      axes.add(i);
    }
    if (next(2) == 0 && rank >= 2) {
      Collections.swap(axes, rank - 2, rank - 1);
    } else {
      Collections.shuffle(axes, new Random(random.nextLong()));
    }
    return axes;
  }

  /** Returns a shape of the same number of elements, of rank 1 to 4. */
  Shape regrouped(Shape shape) {
    int rank = 1 + next(4);
    int[] dims = new int[rank];
    int rest = shape.size();
    for (int i = 0; i < rank - 1; i++) {
      dims[i] = rest == 0 ? next(2) : divisor(rest);
      rest = dims[i] == 0 ? rest : rest / dims[i];
    }
    dims[rank - 1] = rest;
    return Shape.of(dims);
  }

  private int divisor(int n) {
    List<Integer> all = new ArrayList<>();
    for (int d = 1; d <= n; d++) {
      if (n % d == 0) {
        all.add(d);
      }
    }
    return all.get(next(all.size()));
  }
}
