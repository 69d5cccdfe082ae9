package dev.unroll.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.data.Labels;
import dev.unroll.data.Scaling;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Block;
import dev.unroll.layers.Deterministic;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.Sequential;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.Special;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("model.safetensors");
  }

  private static void assertEqual(Layer read, Layer written) {
    LayerTypes types = LayerTypes.all();
    assertThat(read.getClass()).isEqualTo(written.getClass());
    assertThat(LayerWriter.write(types, read)).isEqualTo(LayerWriter.write(types, written));
    Map<String, Tensor> weights = written.save();
    Map<String, Tensor> again = read.save();
    assertThat(again.keySet()).containsExactlyInAnyOrderElementsOf(weights.keySet());
    weights.forEach((path, w) -> {
      assertThat(again.get(path).type()).isEqualTo(w.type());
      assertThat(again.get(path).shape()).isEqualTo(w.shape());
      assertThat(again.get(path).toDoubles()).as(path).isEqualTo(w.toDoubles());
    });
  }

  @Test
  void everyLayerIsReadAsItWasWritten() throws IOException {
    for (Layer model : Models.all()) {
      ModelFile.of(model).write(file());
      assertEqual(ModelFile.read(file()).model(), model);
    }
  }

  @Test
  void aModelPredictsTheSameBits() throws IOException {
    ManyToOne model = Models.classifier();
    ModelFile.of(model).write(file());
    ManyToOne read = ModelFile.read(file()).model(ManyToOne.class);
    Variable texts = Variable.of(Tensor.of(Shape.of(2, 3), 5, 7, 8, 2, 0, 0));
    float[] expected = logits(model, texts);
    assertThat(logits(read, texts)).isEqualTo(expected).hasSize(4);
  }

  private static float[] logits(ManyToOne model, Variable texts) {
    return model.apply(texts, new int[] {3, 1}, Mode.evaluation()).value().toFloats();
  }

  @Test
  void sharedParametersRemainShared() throws IOException {
    Linear shared = Linear.of(2, 2, Init.seed(1));
    ModelFile.of(Sequential.of(shared, Activation.tanh(), shared)).write(file());
    Sequential read = ModelFile.read(file()).model(Sequential.class);
    Parameter first = ((Linear) read.blocks().get(0)).weight();
    assertThat(((Linear) read.blocks().get(2)).weight()).isSameAs(first);
  }

  @Test
  void theTypeOfWeightsRemains() throws IOException {
    Linear doubles = Linear.of(2, 3, new Init(DType.FLOAT64, RandomKey.of(1)));
    ModelFile.of(doubles).write(file());
    assertThat(ModelFile.read(file()).model(Linear.class).weight().type()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void partsAreReadAsTheyWereWritten() throws IOException {
    Labels labels = new Labels(List.of("up", "down", "내림 \u0000\"\n"));
    Scaling scaling = Scaling.standard(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 9));
    Vocabulary words =
        Vocabulary.of(
            Tokenizers.named("words"), "so it goes\tso it went", Special.PADDING, Special.UNKNOWN);
    ModelFile.of(Models.classifier())
        .with("labels", labels)
        .with("scaling", scaling)
        .with("words", words)
        .with("note", "읽기 전용")
        .write(file());
    ModelFile read = ModelFile.read(file());
    assertThat(read.parts()).containsOnlyKeys("labels", "scaling", "words", "note");
    assertThat(read.part("labels", Labels.class)).isEqualTo(labels);
    Scaling s = read.part("scaling", Scaling.class);
    assertThat(s.center().toDoubles()).isEqualTo(scaling.center().toDoubles());
    assertThat(s.width().toDoubles()).isEqualTo(scaling.width().toDoubles());
    assertThat(read.part("words", Vocabulary.class).text()).isEqualTo(words.text());
    assertThat(read.part("note", String.class)).isEqualTo("읽기 전용");
    assertThat(read).hasToString("ModelFile[ManyToOne, parts [labels, scaling, words, note]]");
  }

  @Test
  void aPartOfAnotherNameOrClassIsRefused() {
    ModelFile f = ModelFile.of(Models.classifier()).with("note", "a");
    assertThatThrownBy(() -> f.part("labels", Labels.class))
        .hasMessage("[model] there is no part \"labels\"; there are [note]");
    assertThatThrownBy(() -> f.part("note", Labels.class))
        .hasMessage("[model] expected part \"note\" to be a Labels, got a String");
    assertThatThrownBy(() -> f.model(LanguageModel.class))
        .hasMessage("[model] expected the model to be a LanguageModel, got a ManyToOne");
    assertThatThrownBy(() -> f.with("n", 1))
        .hasMessage(
            "[model] expected a String, Labels, a Vocabulary, a TextEncoder or a Scaling as \"n\","
                + " got a java.lang.Integer");
    assertThatThrownBy(() -> f.with("a/b", "c"))
        .hasMessage(
            "[model] expected the name of a part, not empty and without \"/\", got \"a/b\"");
  }

  /** A block that no provider offers. */
  record Unknown() implements Deterministic {
    @Override
    public Variable apply(Variable x) {
      return x;
    }

    @Override
    public void describe(Parts parts) {}
  }

  @Test
  void aLayerThatNoProviderOffersIsNamedWithItsPlace() {
    Block model = Sequential.of(Activation.tanh(), new Unknown());
    assertThatThrownBy(() -> ModelFile.of(model).write(file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "[model] the model.blocks[1]: dev.unroll.models.ModelFileTest$Unknown is not known to"
                + " model files; a LayerProvider makes it known");
    assertThat(file()).doesNotExist();
  }

  private void rewrite(String name, String value) throws IOException {
    ModelFile.of(Sequential.of(Linear.of(2, 2, Init.seed(1)))).write(file());
    Safetensors f = Safetensors.read(file());
    Map<String, String> metadata = new LinkedHashMap<>(f.metadata());
    metadata.put(name, value);
    new Safetensors(f.tensors(), metadata).write(file());
  }

  private void assertRefused(String structure, String message) throws IOException {
    rewrite("unroll.model", structure);
    assertThatThrownBy(() -> ModelFile.read(file()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file() + ": ")
        .hasMessageContaining(message);
  }

  private static final String LINEAR =
      "{'layer':'linear','weight':{'parameter':'0.weight'},'bias':{'parameter':'0.bias'}}"
          .replace('\'', '"');

  @Test
  void aStructureThatDoesNotFitIsRefused() throws IOException {
    assertRefused("{", "\"unroll.model\" is not JSON: ");
    assertRefused("[]", "the model: expected \"layer\", a text");
    assertRefused("{\"layer\":1}", "the model: expected \"layer\", a text");
    assertRefused(
        "{\"layer\":\"java.lang.ProcessBuilder\"}",
        "no LayerProvider or CellProvider offers \"java.lang.ProcessBuilder\"; known are");
    assertRefused("{\"layer\":\"dropout\"}", "expected the components [rate] of Dropout, got");
    assertRefused(
        "{\"layer\":\"dropout\",\"rate\":\"x\"}", "the model.rate: expected a number, got");
    assertRefused("{\"layer\":\"dropout\",\"rate\":7}", "the model: ");
    assertRefused("{\"layer\":\"dropout\",\"rate\":0.5}", "no layer reads the weights [");
    assertRefused(
        "{\"layer\":\"sequential\",\"blocks\":[{\"layer\":\"pooling\",\"name\":\"last\"}]}",
        "the model.blocks[0]: expected a Block, got a NamedPooling");
    assertRefused(
        "{\"layer\":\"pooling\",\"name\":\"first\"}",
        "expected a pooling of [last, mean, max, sum], got \"first\"");
    assertRefused(
        "{\"layer\":\"sequential\",\"blocks\":[" + LINEAR.replace("0.bias", "0.weight") + "]}",
        "[model] ");
    assertRefused(
        LINEAR.replace("0.bias", "1.bias"), "the model.bias: there are no weights \"1.bias\"");
    assertRefused(LINEAR, "expected a model that describes the weights [0.weight, 0.bias], got");
    assertRefused("[".repeat(500) + "]".repeat(500), "\"unroll.model\" is not JSON: ");
  }

  @Test
  void aFileOfAnotherKindOrALaterVersionIsRefused() throws IOException {
    rewrite("unroll.format", "2");
    assertThatThrownBy(() -> ModelFile.read(file()))
        .hasMessage(file() + ": [model] expected format 1, got \"2\", of another version");
    new Safetensors(Models.classifier().save(), Map.of()).write(file());
    assertThatThrownBy(() -> ModelFile.read(file()))
        .hasMessage(
            file()
                + ": [model] expected a file of ModelFile.write, got one without"
                + " \"unroll.format\"");
    Files.writeString(file(), "no model");
    assertThatThrownBy(() -> ModelFile.read(file())).isInstanceOf(IOException.class);
  }

  @Test
  void aDamagedFileIsReadOrRefusedWithItsName() throws IOException {
    ModelFile.of(Models.classifier())
        .with("labels", new Labels(List.of("a", "b")))
        .with("scaling", Scaling.standard(Tensor.of(Shape.of(2, 1), 1, 2)))
        .write(file());
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 800; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        damaged[random.nextInt(1_800)] = (byte) (32 + random.nextInt(95));
      }
      Files.write(file(), damaged);
      try {
        ModelFile.read(file());
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith(file().toString());
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  @Test
  void aParameterThatTheModelDoesNotDescribeIsRefused() {
    record Forgetful(Parameter weight) implements Layer {
      @Override
      public void describe(Parts parts) {}
    }
    Forgetful model = new Forgetful(new Parameter(Tensor.of(Shape.of(1), 1f)));
    LayerType<Forgetful> type = LayerType.of(Forgetful.class);
    assertThat(type).hasToString("Forgetful");
    assertThat(type.take(model)).isEqualTo(model);
    assertThatThrownBy(() -> ModelFile.of(model).write(file()))
        .hasMessageContaining("is not known");
  }
}
