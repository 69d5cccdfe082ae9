package dev.unroll.layers.recurrent.foreign;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.Conformance;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Compares cells with results of ONNX Runtime, Keras and PyTorch. */
@Tag("conformance")
class ConformanceTest {
  @TestFactory
  Stream<DynamicTest> cellsAgreeWithOnnxRuntime() {
    return Stream.of("lstm", "gru", "rnn")
        .flatMap(kind -> cases("ort-" + kind + "-cases.json").map(c -> test(kind, c)));
  }

  private static Stream<JsonNode> cases(String file) {
    Path path = Conformance.file(file);
    return new ObjectMapper().readTree(path.toFile()).get("cases").valueStream();
  }

  private static DynamicTest test(String kind, JsonNode c) {
    String id = c.get("id").asString();
    if (c.get("expect").asString().equals("success")) {
      return Conformance.test("recurrent", id, () -> OnnxCase.check(kind, c));
    }
    return DynamicTest.dynamicTest(
        id,
        () -> {
          assertThatThrownBy(() -> OnnxCase.check(kind, c))
              .isInstanceOf(IllegalArgumentException.class);
          Conformance.refused("recurrent", id, "invalid, and refused by ONNX Runtime too");
        });
  }

  @TestFactory
  Stream<DynamicTest> cellsAgreeWithKeras() {
    return cases("keras-cases.json")
        .map(c -> Conformance.test("recurrent", c.get("id").asString(), () -> KerasCase.check(c)));
  }

  @TestFactory
  Stream<DynamicTest> cellsAgreeWithPyTorch() {
    return cases("pytorch-cases.json")
        .map(
            c -> Conformance.test("recurrent", c.get("id").asString(), () -> PyTorchCase.check(c)));
  }
}
