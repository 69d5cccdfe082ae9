package consumer;

import dev.unroll.data.Labels;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.models.Classifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Saves a classifier, which a bean then loads. */
final class Main {
  private Main() {}

  static void main() throws IOException {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(GruCell.of(1, 8, init.at("cell"))),
            Pooling.last(),
            Linear.of(8, 2, init.at("head")));
    Path file = Files.createTempFile("model", ".safetensors");
    Classifier classifier = Classifier.of(model, new Labels(List.of("slow", "fast")));
    classifier.save(file);
    System.setProperty("model.file", file.toString());
    float[] wave = {0.5f, 1, -1};
    try (var context = new AnnotationConfigApplicationContext(Models.class, Waves.class)) {
      String label = context.getBean(Waves.class).label(wave);
      System.out.println("bean predicts the same: " + label.equals(classifier.predictSeries(wave).label()));
    }
    Files.delete(file);
  }
}
