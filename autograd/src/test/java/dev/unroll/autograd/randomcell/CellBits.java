package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints what some large random cells give, to the bit: for processes of any number of threads. */
final class CellBits {
  private CellBits() {}

  public static void main(String... args) {
    long seed = Long.parseLong(args[0]);
    for (long s = seed; s < seed + Integer.parseInt(args[1]); s++) {
      Subject cell = CellBody.subject(Generator.large(s));
      for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
        System.out.println(s + " " + type + " " + bits(cell.setup(type, 0)));
      }
    }
  }

  private static String bits(Setup s) {
    Scan scan = s.scan();
    return Stream.of(scan, scan.eager())
        .map(way -> Results.of(s, Results.Depth.GRADIENTS, x -> FourWays.run(way, x)))
        .map(r -> r.isThrown() ? r.thrown().toString() : hash(r.values()))
        .collect(Collectors.joining(" eager "));
  }

  private static String hash(List<Tensor> all) {
    return all.stream()
        .map(t -> Integer.toHexString(Arrays.hashCode(t.toDoubles())))
        .collect(Collectors.joining(" "));
  }
}
