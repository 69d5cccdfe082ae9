package dev.unroll.examples.play;

import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;

/**
 * A batch of T-mazes (Bakker 2002, "Reinforcement learning with long short-term memory"). The
 * player follows a corridor and turns at its end; the side of the goal is shown only at the
 * beginning. A correct turn earns 4, and a wrong one costs 0.1; both end the game. Every step that
 * makes no progress costs 0.1 as well.
 */
final class Maze {
  /** North, east, south, west. */
  static final int ACTIONS = 4;

  static final int INPUTS = 3;
  private static final int EAST = 1;

  private final int length;
  private final boolean[] north;
  private final boolean[] ended;
  private final boolean[] won;
  private final int[] at;

  Maze(int length, int games, RandomKey key) {
    this.length = length;
    north = new boolean[games];
    ended = new boolean[games];
    won = new boolean[games];
    at = new int[games];
    for (int i = 0; i < games; i++) {
      north[i] = key.unit(i) < 0.5;
    }
  }

  /** Returns the maximum number of steps. */
  int steps() {
    return 2 * length + 4;
  }

  /** Returns the observations: the side at the beginning, the corridor, or the junction. */
  Tensor observe() {
    float[] x = new float[at.length * INPUTS];
    for (int i = 0; i < at.length; i++) {
      boolean begin = at[i] == 0;
      boolean junction = at[i] == length;
      x[i * INPUTS] = junction || (begin && north[i]) ? 0 : 1;
      x[i * INPUTS + 1] = junction || begin ? 1 : 0;
      x[i * INPUTS + 2] = junction || (begin && !north[i]) ? 0 : 1;
    }
    return Tensor.of(Shape.of(at.length, INPUTS), x);
  }

  boolean isOver(int game) {
    return ended[game];
  }

  boolean isWon(int game) {
    return won[game];
  }

  /** Takes a step in one game, and returns its reward. */
  double act(int game, int action) {
    boolean turns = action % 2 == 0;
    if (turns && at[game] == length) {
      ended[game] = true;
      won[game] = (action == 0) == north[game];
      return won[game] ? 4 : -0.1;
    }
    if (action == EAST && at[game] < length) {
      at[game]++;
      return 0;
    }
    at[game] -= !turns && action != EAST && at[game] > 0 ? 1 : 0;
    return -0.1;
  }
}
