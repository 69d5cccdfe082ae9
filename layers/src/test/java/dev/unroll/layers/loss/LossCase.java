package dev.unroll.layers.loss;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A loss with one of its options, outputs and targets of random shapes, some of them masked.
 *
 * @param masked whether nothing is to be predicted, by element of the outputs
 */
record LossCase(String name, Loss loss, Tensor outputs, Tensor targets, boolean[] masked) {
  private static final int CLASSES = 4;

  /** How a kind of loss draws its targets, and how many outputs one target has. */
  private record Kind(String name, Loss loss, Draw draw, int outputsPerTarget) {}

  private interface Draw {
    /** Returns a target that counts, or one that does not. */
    double target(Random random, boolean masked);
  }

  private static final List<Kind> KINDS = kinds();

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (int ignored : new int[] {-1, 2, -100}) {
      for (double[] weights : new double[][] {{}, {0.5, 2, 0, 3}}) {
        for (double smoothing : new double[] {0, 0.2}) {
          CrossEntropy loss =
              new CrossEntropy(ignored, Arrays.stream(weights).boxed().toList(), smoothing);
          kinds.add(
              new Kind(loss.toString(), loss, (r, masked) -> classId(r, masked, ignored), CLASSES));
        }
      }
    }
    kinds.add(
        new Kind(
            "binaryCrossEntropy",
            Loss.binaryCrossEntropy(),
            (r, masked) -> masked ? Double.NaN : r.nextInt(3) / 2.0,
            1));
    kinds.add(
        new Kind(
            "binaryCrossEntropy, int32",
            Loss.binaryCrossEntropy(),
            (r, masked) -> masked ? -1 : r.nextInt(2),
            1));
    Draw value = (r, masked) -> masked ? Double.NaN : r.nextGaussian();
    kinds.add(new Kind("mse", Loss.mse(), value, 1));
    kinds.add(new Kind("mae", Loss.mae(), value, 1));
    kinds.add(new Kind("huber", Loss.huber(0.7), value, 1));
    kinds.add(new Kind("quantile", Loss.quantile(0.1, 0.5, 0.9), value, 3));
    return kinds;
  }

  private static double classId(Random r, boolean masked, int ignored) {
    if (masked) {
      return r.nextBoolean() ? -1 : ignored;
    }
    int id = r.nextInt(CLASSES);
    return id == ignored ? id + 1 : id;
  }

  /** Returns the names of all losses with their options. */
  static List<String> names() {
    return KINDS.stream().map(Kind::name).toList();
  }

  /** Returns a random case of a loss, with at least one row. */
  static LossCase random(String name, Choices draw) {
    DType type = draw.oneOf("type", DType.FLOAT64, DType.FLOAT32);
    Kind kind = KINDS.stream().filter(k -> k.name.equals(name)).findFirst().orElseThrow();
    int[] dims =
        IntStream.range(0, draw.between("rank", 1, 3)).map(i -> 1 + draw.choose(4)).toArray();
    Shape shape = Shape.of(dims);
    int per = kind.outputsPerTarget;
    int n = shape.size();
    double density = draw.choose(3) / 2.0; // None, about half, all of them masked.
    Random random = new Random(draw.seed("seed"));
    double[] targets = new double[n];
    boolean[] masked = new boolean[n * per];
    for (int i = 0; i < n; i++) {
      boolean nothing = random.nextDouble() < density;
      targets[i] = kind.draw.target(random, nothing);
      Arrays.fill(masked, i * per, (i + 1) * per, nothing);
    }
    double[] outputs = random.doubles(n * per, -3, 3).toArray();
    boolean ids = kind.loss instanceof CrossEntropy || name.endsWith("int32");
    LossCase c =
        new LossCase(
            name,
            kind.loss,
            Tensor.of(per == 1 ? shape : shape.insert(shape.rank(), per), outputs).to(type),
            Tensor.of(shape, targets).to(ids ? DType.INT32 : type),
            masked);
    return draw.show("case", c);
  }

  /** Returns the outputs with a value wherever nothing is to be predicted. */
  Tensor poisoned(double poison) {
    double[] x = outputs.toDoubles();
    for (int i = 0; i < x.length; i++) {
      x[i] = masked[i] ? poison : x[i];
    }
    return Tensor.of(outputs.shape(), x).to(outputs.type());
  }
}
