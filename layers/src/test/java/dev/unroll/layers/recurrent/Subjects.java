package dev.unroll.layers.recurrent;

import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.recurrent.cells.LstmCell;
import dev.unroll.layers.recurrent.cells.PeepholeLstmCell;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.layers.recurrent.wrappers.Clipped;
import dev.unroll.layers.recurrent.wrappers.InputDropout;
import dev.unroll.layers.recurrent.wrappers.LearnedStart;
import dev.unroll.layers.recurrent.wrappers.Resettable;
import dev.unroll.layers.recurrent.wrappers.Residual;
import dev.unroll.layers.recurrent.wrappers.VariationalDropout;
import dev.unroll.layers.recurrent.wrappers.Zoneout;
import java.util.List;
import java.util.stream.Stream;

/** Every cell by name, and every wrapper around some. */
public final class Subjects {
  private Subjects() {}

  public static Stream<String> names() {
    return Stream.concat(
        Cells.names().stream(),
        Stream.of(
            "stacked",
            "residual",
            "learned-start",
            "clipped",
            "resettable",
            "dropout",
            "zoneout",
            "ranks",
            "ranks-wrapped"));
  }

  public static Cell<?> cell(String name, int in, int out, Init init) {
    return switch (name) {
      case "stacked" ->
          new Stacked(
              List.of(
                  LstmCell.of(in, 5, init.at("0")),
                  GruCell.of(5, 2, init.at("1")),
                  RnnCell.of(2, out, init.at("2"))));
      case "residual" ->
          new Stacked(
              List.of(
                  RnnCell.of(in, out, init.at("0")),
                  new Residual<>(LstmCell.of(out, out, init.at("1")))));
      case "learned-start" ->
          LearnedStart.of(PeepholeLstmCell.of(in, out, init.at("0")), init.at("1"));
      case "clipped" -> new Clipped<>(LstmCell.of(in, out, init), 0.3);
      case "resettable" -> new Resettable<>(GruCell.of(in - 1, out, init));
      case "zoneout" ->
          new Stacked(
              List.of(
                  new Zoneout<>(LstmCell.of(in, out, init.at("0")), 0.25),
                  new InputDropout<>(
                      new Zoneout<>(GruCell.of(out, out, init.at("1")), 0.5), 0.25)));
      case "dropout" -> new VariationalDropout<>(LstmCell.of(in, out, init), 0.25, 0.5);
      case "ranks" -> RanksCell.of(in, out, 2, init);
      case "ranks-wrapped" ->
          new Resettable<>(
              new Clipped<>(
                  new Zoneout<>(
                      new VariationalDropout<>(
                          LearnedStart.of(RanksCell.of(in - 1, out, 4, init), init), 0.25, 0.5),
                      0.25),
                  3));
      // The default input weights are so small that all sums are near the kink of the rectifier.
      case "irnn" ->
          new RnnCell(
              init.at("w").glorot(in, out, 1),
              init.identity(out),
              init.zeros(out),
              Activation.relu());
      default -> Cells.named(name, in, out, init);
    };
  }
}
