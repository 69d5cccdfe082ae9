package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.conv.Conv2d;
import dev.unroll.layers.conv.MeanPool2d;
import dev.unroll.layers.conv.Window;
import dev.unroll.layers.recurrent.foreign.OnnxNodes;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.tensor.Tolerance;
import dev.unroll.testing.Conformance;
import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.OnnxNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Layers against the node tests of ONNX. */
@Tag("conformance")
class OnnxLayersTest {
  private static final Set<String> OPS =
      Set.of("LSTM", "GRU", "RNN", "Conv", "Dropout", "GlobalAveragePool");

  @TestFactory
  Stream<DynamicTest> layersAgreeWithOnnx() throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(Conformance.file("onnx-node"))) {
      folders = all.filter(Files::isDirectory).sorted().toList();
    }
    List<DynamicTest> tests =
        folders.stream()
            .filter(f -> OPS.contains(OnnxNode.read(f).op()))
            .map(f -> Conformance.test("onnx-node", f.getFileName().toString(), () -> check(f)))
            .toList();
    assertThat(tests).hasSizeGreaterThan(10);
    return tests.stream();
  }

  private static void check(Path folder) {
    OnnxNode n = OnnxNode.read(folder);
    if (n.outputs().size() > 1) {
      throw new NotThereException(n.op() + " with the mask as an output");
    }
    Tensor got =
        switch (n.op()) {
          case "Conv" -> conv(n);
          case "Dropout" -> dropout(n);
          case "GlobalAveragePool" -> {
            Tensor x = OnnxNodes.tensor(n.value(0)).permute(0, 2, 3, 1);
            Window rows = Window.adjacent(x.shape().dim(1));
            Window columns = Window.adjacent(x.shape().dim(2));
            Variable y = new MeanPool2d(rows, columns).apply(Variable.of(x));
            yield y.value().permute(0, 3, 1, 2);
          }
          default -> OnnxNodes.lastState(n);
        };
    Tensor expected =
        Tensor.of(Shape.of(n.outputs().getFirst().dims()), n.outputs().getFirst().numbers());
    assertThat(new Tolerance(1e-7, 1e-5).difference(expected, got)).isEmpty();
    n.end();
  }

  /**
   * Channels first, {@code [O, I, rows, columns]} weights; the padding is the same on all sides.
   */
  private static Tensor conv(OnnxNode n) {
    Tensor w = OnnxNodes.tensor(n.value(1)).permute(2, 3, 1, 0).contiguous();
    int[] size = n.integers("kernel_shape");
    int[] pads = n.integers("pads");
    int inputs = w.shape().dim(2);
    int outputs = w.shape().dim(3);
    assertThat(pads).containsOnly(pads[0]);
    Conv2d conv =
        new Conv2d(
            new Parameter(w.reshape(size[0] * size[1] * inputs, outputs)),
            new Parameter(Tensor.zeros(w.type(), Shape.of(outputs))),
            Window.of(size[0]).padding(pads[0]),
            Window.of(size[1]).padding(pads[0]));
    Tensor x = OnnxNodes.tensor(n.value(0)).permute(0, 2, 3, 1);
    return conv.apply(Variable.of(x)).value().permute(0, 3, 1, 2);
  }

  /** Without its third input, or with false, ONNX does not train. The seed says nothing then. */
  private static Tensor dropout(OnnxNode n) {
    n.integer("seed", 0);
    double rate = n.has(1) ? n.value(1).numbers()[0] : 0.5;
    boolean trains = n.has(2) && n.value(2).numbers()[0] != 0;
    Mode mode = trains ? Mode.training(RandomKey.of(1)) : Mode.evaluation();
    return new Dropout(rate).apply(Variable.of(OnnxNodes.tensor(n.value(0))), mode).value();
  }
}
