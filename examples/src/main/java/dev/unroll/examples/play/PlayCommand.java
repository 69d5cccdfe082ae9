package dev.unroll.examples.play;

import dev.unroll.data.BatchSource;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.RandomKey;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns a game that needs memory by reinforcement learning. */
@Command(
    name = "play",
    description = "Learns the T-maze, a game that needs memory, by reinforcement.")
public final class PlayCommand implements Application {
  private static final int GAMES = 64;
  private static final int ASKED = 1000;

  @Option(
      names = "--lengths",
      paramLabel = "N",
      split = ",",
      description = "Corridor lengths, separated by commas.")
  private List<Integer> lengths = List.of(5, 10, 20);

  @Mixin private final FitOptions options = new FitOptions(32, 0.01);

  @Option(names = "--steps", paramLabel = "N", description = "Updates, each from 64 games.")
  private int steps = 600;

  @Override
  public void run() throws IOException {
    StringBuilder table = new StringBuilder();
    for (int length : lengths) {
      GruCell gru = GruCell.of(Maze.INPUTS, options.hidden(), options.init());
      double memoryless = success("memoryless " + length, new Forgetful(gru), length);
      double recurrent = success("gru " + length, gru, length);
      table.append(
          String.format(
              Locale.ROOT, "%8d %12.1f%% %9.1f%%%n", length, 100 * memoryless, 100 * recurrent));
    }
    print("%ngames won, of 1,000 each; guessing the side wins half%n");
    print("%8s %13s %10s%n%s", "corridor", "no memory", "gru", table);
  }

  private double success(String name, Cell<Hidden> cell, int length) throws IOException {
    Policy policy =
        new Policy(
            Unroll.of(cell), Linear.of(options.hidden(), Maze.ACTIONS, options.init().at("head")));
    RandomKey key = options.key();
    BatchSource games =
        BatchSource.generated(
            k -> policy.play(new Maze(length, GAMES, k), GAMES, new Sampling(1), k.fold("moves")),
            key,
            steps);
    options.fit(steps).run(name, policy, policy, games);
    RandomKey other = key.fold("held out");
    Maze maze = new Maze(length, ASKED, other);
    policy.play(maze, ASKED, new Sampling(0), other);
    return (double) IntStream.range(0, ASKED).filter(maze::isWon).count() / ASKED;
  }
}
