package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.data.Labels;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.models.Classified;
import dev.unroll.models.Classifier;
import dev.unroll.models.LayerProvider;
import dev.unroll.models.LayerType;
import dev.unroll.models.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples in the Javadoc of {@code dev.unroll.models}. */
class ModelsTest {
  @TempDir private Path folder;

  @Test
  void modelFile() throws IOException {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(GruCell.of(3, 16, init.at("cell"))),
            Pooling.last(),
            Linear.of(16, 2, init.at("head")));
    Path path = folder.resolve("machine.safetensors");
    // @start region="ModelFile"
    ModelFile.of(model).with("labels", new Labels(List.of("fine", "faulty"))).write(path);

    ModelFile file = ModelFile.read(path); // in another process, say
    ManyToOne read = file.model(ManyToOne.class);
    Labels labels = file.part("labels", Labels.class);
    // @end
    assertThat(read.save().keySet()).isEqualTo(model.save().keySet());
    assertThat(labels.name(1)).isEqualTo("faulty");
  }

  @Test
  void classifier() throws IOException {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(GruCell.of(3, 16, init.at("cell"))),
            Pooling.last(),
            Linear.of(16, 2, init.at("head")));
    Path path = folder.resolve("machine.safetensors");
    // @start region="Classifier"
    Classifier.of(model, new Labels(List.of("fine", "faulty"))).save(path);

    Classifier machine = Classifier.load(path); // in another process, say
    float[][] readings = {{1, 0, 2}, {1, 3, 2}}; // [T][I]
    String label = machine.predict(readings).label();
    // @end
    assertThat(label).isIn("fine", "faulty");
    // @start region="Classified"
    Classified result = machine.predict(readings);
    double probability = result.probability("faulty");
    // @end
    assertThat(probability).isBetween(0.0, 1.0);
  }

  /** Multiplies by learned factors. */
  // @start region="LayerType"
  public record Scaled(Parameter factors) implements Deterministic {
    @Override
    public Variable apply(Variable x) {
      return x.mul(factors);
    }

    @Override
    public void describe(Parts parts) {
      parts.parameter("factors", factors);
    }
  }

  private final LayerType<Scaled> scaled = LayerType.of(Scaled.class);

  // @end

  // @start region="LayerProvider"
  /** Named in module-info.java and in META-INF/services. */
  public static final class OwnLayers implements LayerProvider {
    @Override
    public Map<String, LayerType<?>> byName() {
      return Map.of("scaled", LayerType.of(Scaled.class));
    }
  }

  // @end

  @Test
  void layerProvider() {
    assertThat(scaled.layer()).isEqualTo(Scaled.class);
    assertThat(new OwnLayers().byName()).containsOnlyKeys("scaled");
  }
}
