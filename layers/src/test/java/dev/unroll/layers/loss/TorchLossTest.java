package dev.unroll.layers.loss;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.TorchTensors;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Conformance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.Fields;
import dev.unroll.testing.TorchCase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Losses and their gradients against what PyTorch computed. */
class TorchLossTest {
  private static final String NONE = "none";

  @TestFactory
  Stream<DynamicTest> lossesAgreeWithPyTorch() {
    return TorchTensors.all("losses").stream()
        .map(c -> Conformance.test("losses", "torch/" + c.name(), () -> check(c)));
  }

  private static void check(TorchCase c) {
    String name = c.name();
    if (!c.kind().equals("loss")) {
      throw new AssertionError(name + ": no loss, but " + c.kind());
    } else if (name.startsWith("cross-entropy")) {
      crossEntropy(c);
    } else if (name.startsWith("regression")) {
      regression(c);
    } else {
      throw new NotThereException(missing(name));
    }
  }

  private static String missing(String name) {
    if (name.startsWith("binary-logits-pos-weight")) {
      return "weights of the positive class of a binary cross-entropy";
    } else if (name.startsWith("ctc")) {
      return "connectionist temporal classification";
    }
    return switch (name) {
      case "gaussian-nll" -> "the Gaussian likelihood";
      case "poisson-nll" -> "the Poisson likelihood";
      case "kl-divergence" -> "the Kullback-Leibler divergence";
      case "student-t-nll" -> "the likelihood of Student's t";
      case "negative-binomial-nll" -> "the negative binomial likelihood";
      default -> throw new AssertionError("the reader does not know the loss of " + name);
    };
  }

  private static void crossEntropy(TorchCase c) {
    Fields config = c.config();
    if (!config.text("targets", "ids").equals("ids")) {
      throw new NotThereException("class targets that are " + config.text("targets", ""));
    }
    CrossEntropy loss =
        Loss.crossEntropy()
            .ignoring(config.integer("ignore_index", -100))
            .smoothed(config.number("label_smoothing", 0));
    if (config.has("weight")) {
      loss =
          loss.weighted(
              config.get("weight").valueStream().mapToDouble(JsonNode::doubleValue).toArray());
    }
    double[] ids = c.tensor("x1").data();
    Tensor targets =
        Tensor.of(
            Shape.of(c.tensor("x1").shape()), Arrays.stream(ids).mapToInt(d -> (int) d).toArray());
    if (!config.text("reduction", "mean").equals(NONE)) {
      compare(c, loss, targets);
    } else if (loss.equals(loss.weighted().smoothed(0))) {
      Variable x = outputs(c);
      compare(c, x, x.crossEntropy(Variable.of(loss.predicted(targets))));
    } else {
      throw new NotThereException("the loss of each row with class weights or smoothing");
    }
  }

  private static void regression(TorchCase c) {
    // The configurations do not say delta and beta: no other gives the loss and the gradient.
    double delta = c.config().number("delta", 0.7);
    double beta = c.config().number("beta", 0.5);
    Loss loss =
        switch (c.config().text("name", "")) {
          case "mse" -> Loss.mse();
          case "l1" -> Loss.mae();
          case "huber" -> Loss.huber(delta);
          case "smooth_l1" -> (x, targets) -> Loss.huber(beta).of(x, targets).mul(1 / beta);
          default -> throw new AssertionError(c.name() + ": the reader does not know the loss");
        };
    compare(c, loss, tensor(c, "x1"));
  }

  /** A mean, or a sum: the mean by its weight. */
  private static void compare(TorchCase c, Loss loss, Tensor targets) {
    Variable x = outputs(c);
    Variable mean = loss.of(x, targets);
    compare(
        c,
        x,
        switch (c.config().text("reduction", "mean")) {
          case "mean" -> mean;
          case "sum" -> mean.mul(loss.weight(targets));
          default -> throw new NotThereException("the loss of each row");
        });
  }

  private static void compare(TorchCase c, Variable x, Variable loss) {
    Variable seed = Variable.of(tensor(c, "seed"));
    Tensor gradient = Gradients.of(loss, seed, List.of(x)).getFirst().value();
    compare(c, "loss", loss.value());
    compare(c, "gradient", gradient);
    c.end();
  }

  private static void compare(TorchCase c, String name, Tensor actual) {
    c.compare(name, actual.shape().dims(), actual.toDoubles());
  }

  private static Variable outputs(TorchCase c) {
    return Variable.input(tensor(c, "x0"));
  }

  private static Tensor tensor(TorchCase c, String name) {
    return Tensor.of(Shape.of(c.tensor(name).shape()), c.tensor(name).data());
  }
}
