package consumer;

import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.models.ModelFile;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unrolls the LSTM of the service registry, and asks for its gradients; saves and loads an own layer. */
final class Main {
  private Main() {}

  static void main() throws IOException {
    System.out.println("cells: " + Cells.names());
    unroll(Cells.named("lstm", 3, 5, Init.seed(1)));
    Path file = Files.createTempFile("own", ".safetensors");
    ModelFile.of(Sequential.of(new Halved(2), Linear.of(2, 1, Init.seed(1)))).write(file);
    System.out.println("read: " + ModelFile.read(file).model(Sequential.class).blocks().getFirst());
  }

  private static <S extends State<S>> void unroll(Cell<S> cell) {
    Variable x = Variable.of(RandomKey.of(2).normal(DType.FLOAT32, Shape.of(2, 7, 3), 0, 1));
    Unroll<S> unroll = Unroll.of(cell);
    Variable outputs = unroll.apply(x, Mode.evaluation()).outputs();
    System.out.println("outputs: " + outputs.shape());
    var parameters = unroll.parameters();
    var gradients = Gradients.of(outputs.sum(), parameters.values());
    parameters.forEach(
        (path, p) -> {
          double sum = 0;
          for (double g : gradients.get(p).dense().toDoubles()) {
            sum += Math.abs(g);
          }
          System.out.println("gradient of " + path + ": " + (sum > 0 ? "flows" : "none, " + sum));
        });
  }
}
