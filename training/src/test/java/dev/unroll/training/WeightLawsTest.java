package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.CrossEntropy;
import dev.unroll.layers.loss.Loss;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.Sgd;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Property;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each example has the same weight for any division into batches, for every loss and option. */
class WeightLawsTest {
  private static final int CLASSES = 4;
  private static final int STEPS = 5;
  private static final int EXAMPLES = 12;

  private enum Kind {
    CLASS_IDS,
    VALUES,
    PROBABILITIES,
    QUANTILES
  }

  private record Option(Loss loss, Kind kind) {

    /** Sequences of inputs with targets, of which about a third predict nothing. */
    List<Example> examples(Random random) {
      List<Example> examples = new ArrayList<>();
      RandomKey key = RandomKey.of(random.nextLong());
      for (int i = 0; i < EXAMPLES; i++) {
        Tensor x = key.fold(i).normal(DType.FLOAT64, Shape.of(STEPS, 3), 0, 1);
        boolean empty = i % 5 == 1; // A part of one example then has nothing to predict.
        examples.add(new Example(x, targets(random, empty ? 1 : 0.3)));
      }
      return examples;
    }

    private Tensor targets(Random r, double masked) {
      if (kind == Kind.CLASS_IDS) {
        int ignored = ((CrossEntropy) loss).ignored();
        int[] ids = r.ints(STEPS, 0, CLASSES).toArray();
        Arrays.setAll(ids, i -> r.nextDouble() >= masked ? ids[i] : r.nextBoolean() ? -1 : ignored);
        return Tensor.of(Shape.of(STEPS), ids);
      }
      double[] values =
          r.doubles(STEPS * width(), 0, 1)
              .map(v -> r.nextDouble() < masked ? Double.NaN : kind == Kind.VALUES ? 3 * v : v)
              .toArray();
      return Tensor.of(kind == Kind.QUANTILES ? Shape.of(STEPS) : Shape.of(STEPS, 2), values);
    }

    private int width() {
      return kind == Kind.QUANTILES ? 1 : 2;
    }

    int outputs() {
      return kind == Kind.CLASS_IDS ? CLASSES : kind == Kind.QUANTILES ? 3 : 2;
    }

    List<Metric> metrics() {
      List<Metric> metrics = new ArrayList<>(List.of(Metric.loss(), Metric.perplexity()));
      switch (kind) {
        case CLASS_IDS -> {
          metrics.add(Metric.accuracy());
          for (int c = 0; c < CLASSES; c++) {
            metrics.addAll(List.of(Metric.f1(c), Metric.precision(c), Metric.recall(c)));
          }
        }
        case VALUES, PROBABILITIES -> metrics.addAll(List.of(Metric.mae(), Metric.rmse()));
        case QUANTILES -> {}
      }
      return metrics;
    }
  }

  private static Map<String, Option> options() {
    Map<String, Option> options = new LinkedHashMap<>();
    for (int ignored : new int[] {-1, 2, -100}) {
      for (double[] weights : new double[][] {{}, {0.5, 2, 0, 3}}) {
        for (double smoothing : new double[] {0, 0.2}) {
          Loss loss = new CrossEntropy(ignored, Arrays.stream(weights).boxed().toList(), smoothing);
          options.put(loss.toString(), new Option(loss, Kind.CLASS_IDS));
        }
      }
    }
    options.put("binary", new Option(Loss.binaryCrossEntropy(), Kind.PROBABILITIES));
    options.put("mse", new Option(Loss.mse(), Kind.VALUES));
    options.put("mae", new Option(Loss.mae(), Kind.VALUES));
    options.put("huber", new Option(Loss.huber(0.7), Kind.VALUES));
    options.put("quantile", new Option(Loss.quantile(0.1, 0.5, 0.9), Kind.QUANTILES));
    Loss own =
        (x, targets) -> {
          Variable e = x.sub(Variable.of(targets)).exp();
          return e.sum().mul(1.0 / targets.shape().size());
        };
    options.put("a custom mean", new Option(own, Kind.VALUES));
    return options;
  }

  private interface Law {
    void check(Option option, List<Example> examples) throws IOException;
  }

  private static Stream<DynamicTest> law(Law law) {
    return options().entrySet().stream()
        .map(e ->
            DynamicTest.dynamicTest(
                e.getKey(),
                () ->
                    Property.holds(
                        5,
                        draw -> {
                          List<Example> examples =
                              e.getValue().examples(new Random(draw.seed("seed")));
                          if (e.getKey().equals("a custom mean")) { // It knows no padding.
                            examples.replaceAll(
                                x -> new Example(x.input(), withoutPadding(x.target())));
                          }
                          law.check(e.getValue(), examples);
                        })));
  }

  private static Tensor withoutPadding(Tensor t) {
    double[] all = t.toDoubles();
    Arrays.setAll(all, i -> Double.isNaN(all[i]) ? 0.5 : all[i]);
    return Tensor.of(t.shape(), all);
  }

  private static Task task(Option option, Linear layer) {
    return Task.of((batch, mode) -> layer.apply(Variable.of(batch.inputs())), option.loss);
  }

  private static Linear layer(Option option) {
    return Linear.of(3, option.outputs(), new Init(DType.FLOAT64, RandomKey.of(7)));
  }

  /** Trains on batches of a size, of which the given number is accumulated per update. */
  private static double[] trained(Option option, List<Example> examples, int size, int parts)
      throws IOException {
    Linear layer = layer(option);
    List<Double> losses = new ArrayList<>();
    new Trainer(
            layer,
            task(option, layer),
            Optimizer.of(new Sgd(0.1), layer.parameters()),
            new ExampleBatches(examples, Order.sequential(EXAMPLES, size)))
        .accumulate(parts)
        .listen(
            new Listener() {
              @Override
              public void onStep(TrainingStep step) {
                losses.add(step.loss());
              }
            })
        .run(4);
    return Stream.concat(
            losses.stream(),
            layer.parameters().values().stream()
                .flatMap(p -> Arrays.stream(p.value().toDoubles()).boxed()))
        .mapToDouble(v -> v)
        .toArray();
  }

  /** Losses and weights after several updates. */
  @TestFactory
  Stream<DynamicTest> accumulatedPartsAreTheBatch() {
    return law((option, examples) -> {
      double[] whole = trained(option, examples, EXAMPLES, 1);
      for (int size : new int[] {1, 2, 5, 6}) {
        double[] parts = trained(option, examples, size, (EXAMPLES + size - 1) / size);
        for (int i = 0; i < whole.length; i++) {
          assertThat(parts[i]).as("of %d", size).isCloseTo(whole[i], within(1e-10));
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> evaluationInBatchesIsThatOfOneBatch() {
    return law((option, examples) -> {
      Task task = task(option, layer(option));
      Map<String, Double> whole = evaluate(option, task, examples, EXAMPLES);
      for (int size : new int[] {1, 2, 5, 6}) {
        evaluate(option, task, examples, size)
            .forEach((name, value) ->
                assertThat(value)
                    .as("%s in batches of %d", name, size)
                    .isCloseTo(whole.get(name), within(1e-10)));
      }
    });
  }

  private static Map<String, Double> evaluate(
      Option option, Task task, List<Example> examples, int size) {
    return Evaluation.of(
        task, new ExampleBatches(examples, Order.sequential(EXAMPLES, size)), option.metrics());
  }

  /** Outputs without a target change no metric. */
  @TestFactory
  Stream<DynamicTest> maskedOutputsChangeNoMetric() {
    return law((option, examples) -> {
      Linear layer = layer(option);
      Map<String, Double> clean = evaluate(option, task(option, layer), examples, 5);
      for (double poison : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
        Task.Answer answer =
            (batch, mode) -> {
              Variable x = layer.apply(Variable.of(batch.inputs()));
              return x.where(
                  predicted(option.loss, batch.targets(), x), Variable.scalar(x.type(), poison));
            };
        assertThat(evaluate(option, Task.of(answer, option.loss), examples, 5)).isEqualTo(clean);
      }
    });
  }

  private static Variable predicted(Loss loss, Tensor targets, Variable x) {
    double[] marks = loss.predicted(targets).toDoubles();
    int per = x.shape().size() / marks.length;
    double[] mask = new double[x.shape().size()];
    for (int i = 0; i < mask.length; i++) {
      double mark = marks[i / per];
      mask[i] = Double.isNaN(mark) || (mark == -1 && targets.type() == DType.INT32) ? 0 : 1;
    }
    return Variable.of(Tensor.of(x.shape(), mask));
  }
}
