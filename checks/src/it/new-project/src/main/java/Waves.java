import dev.unroll.data.*;
import dev.unroll.layers.*;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.*;
import dev.unroll.layers.recurrent.cells.*;
import dev.unroll.layers.sequence.*;
import dev.unroll.models.Classifier;
import dev.unroll.optim.*;
import dev.unroll.training.Trainer;
import java.nio.file.*;
import java.util.*;

class Waves {
  static float[] wave(double speed) {
    float[] x = new float[40];
    for (int t = 0; t < 40; t++) x[t] = (float) Math.sin(speed * t);
    return x;
  }

  static void main() throws Exception {
    List<float[]> waves = new ArrayList<>();
    int[] classes = new int[64];
    for (int i = 0; i < 64; i++) {
      waves.add(wave(0.1 + 0.01 * i));
      classes[i] = i / 32;
    }
    Init init = Init.seed(1);
    var model = new ManyToOne(
        Activation.identity(), Unroll.of(GruCell.of(1, 16, init.at("cell"))), Pooling.last(),
        Linear.of(16, 2, init.at("head")));
    var batches = ExampleBatches.shuffled(Example.ofSeries(waves, classes), 16, 1);
    var adam = Optimizer.of(new Adam(0.01), model.parameters());
    new Trainer(model, Loss.crossEntropy(), adam, batches).clip(1).runEpochs(20);

    Path file = Files.createTempDirectory("waves").resolve("waves.safetensors");
    Classifier.of(model, new Labels(List.of("slow", "fast"))).save(file);
    var read = Classifier.load(file); // in another process, say
    IO.println(read.predictSeries(wave(0.6))); // fast
  }
}
