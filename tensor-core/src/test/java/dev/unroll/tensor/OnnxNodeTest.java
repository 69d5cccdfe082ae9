package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unroll.testing.Conformance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.OnnxNode;
import dev.unroll.testing.OnnxTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Operations against the node tests of ONNX: those of what is here pass, others are refused. */
@Tag("once")
@Tag("conformance")
class OnnxNodeTest {
  private static final String SET = "onnx-node";

  @TestFactory
  Stream<DynamicTest> nodesAgreeWithOnnx() throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(Conformance.file(SET))) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    return folders.stream()
        .filter(f -> !ABOVE.contains(OnnxNode.read(f).op()))
        .map(f -> Conformance.test(SET, f.getFileName().toString(), () -> check(f)));
  }

  /** Nodes that the modules above have: layers and optimizers, in tests of their own. */
  private static final Set<String> ABOVE =
      Set.of(
          "LSTM",
          "GRU",
          "RNN",
          "Conv",
          "Dropout",
          "GlobalAveragePool",
          "Adagrad",
          "Adam",
          "Momentum");

  private static void check(Path folder) {
    OnnxCase c = new OnnxCase(OnnxNode.read(folder));
    if (!OnnxOps.has(c)) {
      IllegalArgumentException e =
          catchThrowableOfType(IllegalArgumentException.class, () -> OnnxOps.run(c));
      assertThat(e).hasMessageMatching("(op " + c.op() + " |type (u?int|float|bool)).*");
      throw new NotThereException(c.op() + ": " + e.getMessage());
    }
    List<Tensor> outputs = OnnxOps.run(c);
    for (int i = 0; i < c.node().outputs().size(); i++) {
      compare(outputs.get(i), c.node().outputs().get(i));
    }
    c.node().end();
  }

  private static void compare(Tensor actual, OnnxTensor expected) {
    assertThat(actual.shape()).isEqualTo(Shape.of(expected.dims()));
    if (expected.type().startsWith("float")) {
      assertThat(actual.type()).hasToString(expected.type());
    }
    assertThat(new Tolerance(1e-7, 1e-5).difference(expected.numbers(), actual.toDoubles()))
        .isEmpty();
  }
}
