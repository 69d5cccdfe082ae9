package dev.unroll.autograd.randomcell;

import java.util.Optional;
import java.util.stream.LongStream;

/** Runs many random cells, and finds the smallest of one that differs. */
final class RandomCells {
  final FourWays ways = new FourWays();

  /** Every fourth cell is differentiated twice. */
  private static Results.Depth depth(long seed) {
    return seed % 4 == 0 ? Results.Depth.SECOND : Results.Depth.GRADIENTS;
  }

  Optional<Difference> difference(RandomCell cell, long seed) {
    return ways.of(CellBody.subject(cell), depth(seed));
  }

  /** Returns a report of the first of some cells that differs. */
  Optional<String> firstFailure(long seed, int cells) {
    return LongStream.range(seed, seed + cells)
        .mapToObj(this::failure)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Returns a report of the cell of a seed, made as small as possible, if it differs. */
  Optional<String> failure(long seed) {
    RandomCell cell = Generator.cell(seed);
    return difference(cell, seed).map(d -> report(seed, cell, d));
  }

  private static String report(long seed, RandomCell cell, Difference d) {
    RandomCells quiet = new RandomCells();
    RandomCell smallest =
        Shrinker.smallest(
            cell, c -> quiet.difference(c, seed).filter(x -> x.isLike(d)).isPresent());
    Difference shown = quiet.difference(smallest, seed).orElse(d);
    return "-Dunroll.seed=" + seed + ": the cell differs\n" + shown + "\n" + CellCode.of(smallest);
  }
}
