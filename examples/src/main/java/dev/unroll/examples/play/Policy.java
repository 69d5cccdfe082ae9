package dev.unroll.examples.play;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Batch;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Outcome;
import dev.unroll.training.Task;
import java.util.Arrays;
import java.util.List;

/**
 * A policy: the probability of each action. It learns by policy gradients from games that it has
 * played (Williams 1992, REINFORCE, doi:10.1007/BF00992696), with a baseline and an entropy bonus.
 */
record Policy(Unroll<Hidden> reader, Linear head) implements Layer, Task {
  private static final double DISCOUNT = 0.98;
  private static final double CURIOSITY = 0.03;

  /**
   * Plays games, and returns the observations {@code [B, T, 3]} and, as targets {@code [B, T, 2]},
   * the actions and their advantages; NaN after the end.
   */
  Batch play(Maze maze, int games, Sampling sampling, RandomKey key) {
    int steps = maze.steps();
    float[] seen = new float[games * steps * Maze.INPUTS];
    float[] targets = new float[games * steps * 2];
    Arrays.fill(targets, Float.NaN);
    double[][] earned = new double[steps][games];
    Hidden state = reader.cell().initialState(games, DType.FLOAT32);
    for (int t = 0; t < steps; t++) {
      Tensor now = maze.observe();
      Hidden before = state;
      Step<Hidden> step =
          Variable.withoutGradient(
              () -> reader.cell().step(Variable.of(now), before, Mode.evaluation()));
      state = step.state();
      double[] logits =
          Variable.withoutGradient(() -> head.apply(step.output()).value().toDoubles());
      float[] x = now.toFloats();
      for (int g = 0; g < games; g++) {
        int at = g * steps + t;
        System.arraycopy(x, g * Maze.INPUTS, seen, at * Maze.INPUTS, Maze.INPUTS);
        if (!maze.isOver(g)) {
          double[] own = Arrays.copyOfRange(logits, g * Maze.ACTIONS, (g + 1) * Maze.ACTIONS);
          int action = sampling.draw(own, key.fold(t).unit(g));
          targets[at * 2] = action;
          earned[t][g] = maze.act(g, action);
        }
      }
    }
    advantages(earned, targets);
    return new Batch(
        Tensor.of(Shape.of(games, steps, Maze.INPUTS), seen),
        Tensor.of(Shape.of(games, steps, 2), targets),
        false);
  }

  /** Stores the advantage of each action: its return minus the mean over all games. */
  private static void advantages(double[][] earned, float[] targets) {
    int steps = earned.length;
    int games = earned[0].length;
    double[] later = new double[games];
    for (int t = steps - 1; t >= 0; t--) {
      double sum = 0;
      int n = 0;
      for (int g = 0; g < games; g++) {
        later[g] = earned[t][g] + DISCOUNT * later[g];
        boolean plays = !Float.isNaN(targets[(g * steps + t) * 2]);
        sum += plays ? later[g] : 0;
        n += plays ? 1 : 0;
      }
      for (int g = 0; g < games; g++) {
        int at = (g * steps + t) * 2;
        targets[at + 1] = Float.isNaN(targets[at]) ? Float.NaN : (float) (later[g] - sum / n);
      }
    }
  }

  @Override
  public Outcome apply(Batch batch, List<Variable> carried, Mode mode) {
    Variable logits = head.apply(reader.apply(Variable.of(batch.inputs()), mode).outputs());
    float[] targets = batch.targets().toFloats();
    float[] taken = new float[targets.length / 2 * Maze.ACTIONS];
    float[] played = new float[targets.length / 2];
    int n = 0;
    for (int i = 0; i < played.length; i++) {
      if (!Float.isNaN(targets[2 * i])) {
        taken[i * Maze.ACTIONS + (int) targets[2 * i]] = targets[2 * i + 1];
        played[i] = 1;
        n++;
      }
    }
    Variable logProbabilities = logits.logSoftmax();
    Variable advantage = Variable.of(Tensor.of(logits.shape(), taken));
    Variable mask = Variable.of(Tensor.of(logits.shape().with(2, 1), played));
    Variable better = logProbabilities.mul(advantage).sum();
    Variable undecided = logits.softmax().mul(logProbabilities).mul(mask).sum();
    Variable loss = undecided.mul(CURIOSITY).sub(better).mul(1.0 / n);
    return new Outcome(loss, logits, batch.targets(), n, List.of());
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("reader", reader).layer("head", head);
  }
}
