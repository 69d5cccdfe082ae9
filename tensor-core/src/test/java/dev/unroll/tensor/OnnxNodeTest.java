package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.testing.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
  }

  private static void check(Path folder) {
    String id = folder.getFileName().toString();
    OnnxCase c = OnnxCase.read(folder);
    if (OnnxOps.has(c)) {
      List<Tensor> outputs = OnnxOps.run(c);
      for (int i = 0; i < c.outputs().size(); i++) {
        compare(outputs.get(i), c.outputs().get(i));
      }
      Conformance.passed(SET, id);
    } else {
      assertThatThrownBy(() -> OnnxOps.run(c))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("(op " + c.op() + " |type (u?int|float|bool)).*");
      Conformance.refused(SET, id, "not there yet: operator " + c.op());
    }
  }

  private static void compare(Tensor actual, OnnxValue expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    if (expected.type().startsWith("float")) {
      assertThat(actual.type()).hasToString(expected.type());
    }
    double[] got = actual.toDoubles();
    for (int i = 0; i < got.length; i++) {
      double e = expected.numbers()[i];
      if (Double.compare(got[i], e) != 0) {
        assertThat(got[i]).as("element %d", i).isCloseTo(e, within(1e-7 + 1e-5 * Math.abs(e)));
      }
    }
  }
}
