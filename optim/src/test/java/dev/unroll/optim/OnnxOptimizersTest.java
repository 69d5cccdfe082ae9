package dev.unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Parameter;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.OnnxNode;
import dev.unroll.testing.OnnxTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Optimizers against the node tests of ONNX. Inputs are the rate R, the number of updates T, the
 * parameter X, its gradient G, and what the rule remembers.
 */
@Tag("conformance")
class OnnxOptimizersTest {
  private static final Set<String> OPS = Set.of("Adagrad", "Adam", "Momentum");

  @TestFactory
  Stream<DynamicTest> optimizersAgreeWithOnnx() throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(Conformance.file("onnx-node"))) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    List<Path> own = folders.stream().filter(f -> OPS.contains(OnnxNode.read(f).op())).toList();
    assertThat(own).hasSizeGreaterThan(3);
    return own.stream()
        .map(f -> Conformance.test("onnx-node", f.getFileName().toString(), () -> check(f)));
  }

  private static void check(Path folder) {
    OnnxNode n = OnnxNode.read(folder);
    double rate = n.value(0).numbers()[0];
    if (n.value(1).numbers()[0] != 0) {
      throw new AssertionError("after updates, the rate of ONNX decays");
    }
    Rule rule =
        switch (n.op()) {
          case "Adagrad" -> {
            n.real("decay_factor", 0); // Of T, which is 0.
            yield new Adagrad(rate, n.real("epsilon", 0));
          }
          case "Momentum" -> {
            n.real("beta", 1); // Counts after the first update.
            yield n.text("mode", "").equals("nesterov")
                ? new Nesterov(rate, n.real("alpha", 0))
                : new Momentum(rate, n.real("alpha", 0));
          }
          default -> throw new NotThereException("Adam without a correction of the first update");
        };
    Parameter x = new Parameter(tensor(n.value(2)));
    Rule decayed = new CoupledDecay(rule, n.real("norm_coefficient", 0));
    Optimizer optimizer = Optimizer.of(decayed, Map.of("x", x));
    String memory = rule.memory().getFirst() + "/x";
    Map<String, Tensor> state = new LinkedHashMap<>(optimizer.state());
    assertThat(state.put(memory, tensor(n.value(4)))).isNotNull();
    optimizer.restore(state);
    optimizer.update(Map.of(x, new Gradient.Dense(tensor(n.value(3)))), 1);
    compare(x.value(), n.outputs().get(0));
    compare(optimizer.state().get(memory), n.outputs().get(1));
    n.end();
  }

  private static Tensor tensor(OnnxTensor t) {
    return Tensor.of(Shape.of(t.dims()), t.numbers()).to(DType.FLOAT32);
  }

  private static void compare(Tensor got, OnnxTensor expected) {
    assertThat(new Tolerance(1e-7, 1e-5).difference(expected.numbers(), got.toDoubles())).isEmpty();
  }
}
