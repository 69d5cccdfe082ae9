package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.randomcell.Leaf.Role;
import dev.unroll.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Chooses what a random cell reads. */
final class Leaves {
  private final Random random;
  private final Generator.Sizes sizes;
  private final boolean masked;
  private final List<Leaf> all = new ArrayList<>();

  Leaves(Random random, Generator.Sizes sizes, boolean masked) {
    this.random = random;
    this.sizes = sizes;
    this.masked = masked;
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  /** Returns the leaves: first a sequence that begins with B, then others, states last. */
  List<Leaf> all() {
    if (chance(0.08) && sizes.steps() > 0) {
      add(Role.EMBEDDED, sizes.rows(random, 2), 1, 2 + random.nextInt(2));
    } else if (chance(0.1)) {
      add(Role.IDS, Shape.of(sizes.batch()), 0, 2 + random.nextInt(2));
    } else {
      add(Role.SEQUENCE, sizes.rows(random, rank()), 0.8, 0);
    }
    if (chance(0.4)) {
      more();
    }
    int parameters = 1 + random.nextInt(4);
    for (int i = 0; i < parameters; i++) {
      parameter();
    }
    int states = 1 + random.nextInt(3);
    for (int i = 0; i < states; i++) {
      boolean rows = masked || chance(0.75);
      add(Role.STATE, rows ? sizes.rows(random, rank()) : shape(1 + random.nextInt(4)), 0.8, 0);
    }
    return all;
  }

  /** Adds further sequences. */
  private void more() {
    if (chance(0.4)) {
      add(
          Role.SEQUENCE,
          chance(0.5) ? sizes.rows(random, rank()) : shape(random.nextInt(4)),
          0.7,
          0);
    }
    if (chance(0.5)) {
      add(Role.IDS, ids(), 0, 1 + random.nextInt(3));
    }
    if (chance(0.3)) {
      add(Role.CLASSES, Shape.of(sizes.batch()), 0, 1 + random.nextInt(3));
    }
    if (chance(0.3)) {
      add(Role.TIME, Shape.of(), 0, 0);
    }
  }

  private Shape ids() {
    return switch (random.nextInt(4)) {
      case 0 -> Shape.of();
      case 1 -> Shape.of(sizes.batch(), 2);
      default -> Shape.of(sizes.batch());
    };
  }

  private void parameter() {
    double p = random.nextDouble();
    if (p < 0.12) {
      add(Role.CONSTANT, shape(random.nextInt(4)), 0, 0);
    } else if (p < 0.22) {
      add(Role.CAPTURED, chance(0.5) ? sizes.rows(random, rank()) : shape(2), 0.8, 0);
    } else if (p < 0.27) {
      add(Role.FIXED_IDS, Shape.of(sizes.batch()), 0, 1 + random.nextInt(3));
    } else if (p < 0.75) {
      add(Role.PARAMETER, shape(2), 1, 0);
    } else {
      add(Role.PARAMETER, shape(random.nextInt(4)), 1, 0);
    }
  }

  private int rank() {
    double p = random.nextDouble();
    return p < 0.5 ? 2 : p < 0.62 ? 1 : p < 0.88 ? 3 : 4;
  }

  /** Returns a shape of axes of any kind, B among them. */
  private Shape shape(int rank) {
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = i > 1 && sizes.most() > 1000 ? 2 : chance(0.2) ? sizes.batch() : sizes.axis(random);
    }
    return Shape.of(dims);
  }

  private void add(Role role, Shape shape, double gradient, int rows) {
    all.add(new Leaf(role, shape, chance(gradient), random.nextInt(1 << 20), rows));
  }
}
