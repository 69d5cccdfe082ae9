package dev.unroll.models;

import dev.unroll.interop.Limits;
import dev.unroll.interop.Safetensors;
import dev.unroll.layers.Layer;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A whole model in one file: its weights and its structure, so that it opens without the code that
 * built it, and the parts that give its inputs and outputs their meaning, such as labels.
 *
 * <p>The file is a safetensors file, whose tensors are the weights by path, as {@link Layer#save}
 * names them; the structure is in its metadata. Layers are found by name: the built-in ones, cells,
 * and those of every {@link LayerProvider}. Neither code nor names of classes are in the file.
 *
 * <p>What only concerns how a layer runs is not part of a model: {@code checkpointed}, {@code
 * eager} and hooks of an {@link dev.unroll.layers.recurrent.Unroll}.
 *
 * {@snippet class="snippets.ModelsTest" region="ModelFile"}
 *
 * @param model the model
 * @param parts by name: a {@link String}, {@link dev.unroll.data.Labels}, a {@link
 *     dev.unroll.text.Vocabulary}, a {@link dev.unroll.text.tokenize.TextEncoder} or a {@link
 *     dev.unroll.data.Scaling}
 */
public record ModelFile(Layer model, Map<String, Object> parts) {
  /** The version of the format that is written; those before it can be read. */
  private static final int VERSION = 1;

  /** The name of the part that says which record wrote a file, if one did. */
  static final String KIND = "kind";

  private static final String FORMAT = "unroll.format";
  private static final String MODEL = "unroll.model";
  private static final String PARTS = "unroll.parts";

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if a part is of another class, or a name is empty or contains
   *     a slash
   */
  public ModelFile {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(parts, "parts").forEach(ModelParts::check);
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Returns a file of a model alone. */
  public static ModelFile of(Layer model) {
    return new ModelFile(model, Map.of());
  }

  /**
   * Returns a file with one more part, or with another one of this name.
   *
   * @throws IllegalArgumentException if it is of a class that files cannot contain
   */
  public ModelFile with(String name, Object part) {
    Map<String, Object> all = new LinkedHashMap<>(parts);
    all.put(name, part);
    return new ModelFile(model, all);
  }

  /**
   * Returns the model.
   *
   * @throws IllegalArgumentException if it is of another class
   */
  public <M> M model(Class<M> type) {
    return cast("the model", model, type);
  }

  /**
   * Returns a part.
   *
   * @throws IllegalArgumentException if there is none of this name, or it is of another class
   */
  public <P> P part(String name, Class<P> type) {
    Object part = parts.get(Objects.requireNonNull(name, "name"));
    if (part == null) {
      throw new IllegalArgumentException(
          "[model] there is no part \"" + name + "\"; there are " + parts.keySet());
    }
    return cast("part \"" + name + "\"", part, type);
  }

  private static <T> T cast(String what, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "[model] expected "
              + what
              + " to be a "
              + type.getSimpleName()
              + ", got a "
              + value.getClass().getSimpleName());
    }
    return type.cast(value);
  }

  /**
   * Writes the file atomically. The weights are consistent, taken between two updates, even if
   * another thread trains.
   *
   * @throws IllegalArgumentException if a layer is not known by name, or has a component that
   *     cannot be written; the message has its place in the model. Nothing is written then
   * @throws IOException if the file cannot be written
   */
  public void write(Path path) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>(model.save());
    metadata.put(FORMAT, Integer.toString(VERSION));
    metadata.put(MODEL, LayerWriter.write(LayerTypes.all(), model).toString());
    metadata.put(PARTS, ModelParts.write(parts, tensors).toString());
    new Safetensors(tensors, metadata).write(path);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, is damaged or no model file, was written by a later
   *     version, or contains a layer that no provider offers; the message names the file
   */
  public static ModelFile read(Path path) throws IOException {
    return read(path, Limits.DEFAULT);
  }

  /**
   * Reads a file, as {@link #read(Path)}.
   *
   * @param limits resource limits
   */
  public static ModelFile read(Path path, Limits limits) throws IOException {
    Safetensors file = Safetensors.read(path, limits, _ -> true);
    try {
      return of(file);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // A tensor that cannot be read: its message names the file.
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a file as something that consists of its model and its parts.
   *
   * @param kind what wrote the file; a file that does not say it is read nevertheless
   */
  static <T> T read(Path path, String kind, Function<ModelFile, T> as) throws IOException {
    ModelFile file = read(path);
    try {
      if (!kind.equals(file.parts.getOrDefault(KIND, kind))) {
        throw new IllegalArgumentException(
            "[model] expected the file of a " + kind + ", got that of a " + file.parts.get(KIND));
      }
      return as.apply(file);
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static ModelFile of(Safetensors file) {
    checkVersion(file.metadata());
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Map<String, Tensor> others = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, t) -> (name.startsWith(ModelParts.TENSORS) ? others : weights).put(name, t));
    Layer model = LayerReader.read(LayerTypes.all(), Json.parse(file.metadata(), MODEL), weights);
    Map<String, Object> parts = ModelParts.read(Json.parse(file.metadata(), PARTS), others);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException("[model] no part reads the tensors " + others.keySet());
    }
    return new ModelFile(model, parts);
  }

  private static void checkVersion(Map<String, String> metadata) {
    String version = metadata.get(FORMAT);
    if (version == null) {
      throw new IllegalArgumentException(
          "[model] expected a file of ModelFile.write, got one without \"" + FORMAT + "\"");
    }
    if (!version.equals(Integer.toString(VERSION))) {
      throw new IllegalArgumentException(
          "[model] expected format " + VERSION + ", got \"" + version + "\", of another version");
    }
  }

  @Override
  public String toString() {
    return "ModelFile[" + model.getClass().getSimpleName() + ", parts " + parts.keySet() + "]";
  }
}
