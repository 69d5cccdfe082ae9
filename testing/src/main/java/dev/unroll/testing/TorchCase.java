package dev.unroll.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A case that was made with PyTorch: what it does, its configuration, and its tensors by name:
 * inputs, results, and gradients as {@code gradient/NAME}. None of either may be overlooked.
 */
public final class TorchCase {
  private final String name;
  private final String kind;
  private final Fields config;
  private final double tolerance;
  private final Comparer comparer;
  private final Map<String, Values> tensors;
  private final Set<String> read = new HashSet<>();

  private TorchCase(JsonNode c, double tolerance, Map<String, Values> tensors, Comparer comparer) {
    this.comparer = comparer;
    name = c.get("name").stringValue();
    kind = c.get("kind").stringValue();
    config = new Fields(name, c.get("config"));
    this.tolerance = config.number("tolerance", tolerance);
    this.tensors = tensors;
  }

  /** Compares numbers: the module of tensors, which is above this one, has the comparer. */
  public interface Comparer {
    /**
     * Returns the first difference in a sentence.
     *
     * @param tolerance absolute, and relative to the expected value
     */
    Optional<String> difference(double tolerance, double[] expected, double[] actual);
  }

  /** A tensor of a case. */
  public static final class Values {
    private final int[] shape;
    private final double[] data;

    private Values(int[] shape, double[] data) {
      this.shape = shape;
      this.data = data;
    }

    /** Returns the sizes of the axes. */
    public int[] shape() {
      return shape.clone();
    }

    /** Returns the numbers in row-major order. */
    public double[] data() {
      return data.clone();
    }
  }

  /** Returns the cases of {@code torch/SET}; skips the test where they are absent. */
  public static List<TorchCase> all(String set, Comparer comparer) {
    Path json = Conformance.file("torch/" + set + ".json");
    Map<String, Values> stored = tensors(Conformance.file("torch/" + set + ".safetensors"));
    JsonNode file = new ObjectMapper().readTree(json.toFile());
    List<TorchCase> cases = new ArrayList<>();
    for (JsonNode c : file.get("cases")) {
      Map<String, Values> own = new LinkedHashMap<>();
      for (JsonNode tensor : c.get("tensors")) {
        String key = tensor.stringValue();
        Values values = stored.get(c.get("name").stringValue() + "/" + key);
        if (values == null) {
          throw new AssertionError(c.get("name") + ": no tensor " + key);
        }
        own.put(key, values);
      }
      cases.add(new TorchCase(c, file.get("tolerance").asDouble(1e-10), own, comparer));
    }
    return cases;
  }

  /** Reads float64 and int64 tensors; the library's own reader is above what uses this one. */
  private static Map<String, Values> tensors(Path file) {
    Map<String, Values> all = new LinkedHashMap<>();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[Math.toIntExact(bytes.getLong())];
      bytes.get(header);
      ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
      for (Map.Entry<String, JsonNode> e : new ObjectMapper().readTree(header).properties()) {
        if (!e.getKey().equals("__metadata__")) {
          all.put(e.getKey(), values(e.getValue(), data));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Values values(JsonNode n, ByteBuffer data) {
    int[] shape = n.get("shape").valueStream().mapToInt(JsonNode::intValue).toArray();
    int from = n.get("data_offsets").get(0).intValue();
    String type = n.get("dtype").stringValue();
    int width = type.endsWith("64") ? 8 : 4;
    double[] values = new double[(n.get("data_offsets").get(1).intValue() - from) / width];
    for (int i = 0; i < values.length; i++) {
      int at = from + width * i;
      values[i] =
          switch (type) {
            case "F64" -> data.getDouble(at);
            case "F32" -> data.getFloat(at);
            case "I64" -> data.getLong(at);
            case "I32" -> data.getInt(at);
            default -> throw new AssertionError("tensors of type " + type);
          };
    }
    return new Values(shape, values);
  }

  /** Returns the case's name. */
  public String name() {
    return name;
  }

  /** Returns what it is a case of, such as {@code recurrent}. */
  public String kind() {
    return kind;
  }

  /** Returns its configuration. */
  public Fields config() {
    return config;
  }

  /** Returns the largest difference that is allowed, relative to 1 + the absolute value. */
  public double tolerance() {
    return tolerance;
  }

  /** Returns whether there is a tensor; it still has to be read. */
  public boolean has(String tensor) {
    return tensors.containsKey(tensor);
  }

  /** Returns a tensor that must be there. */
  public Values tensor(String tensor) {
    Values values = tensors.get(tensor);
    if (values == null) {
      throw new AssertionError(name + ": no tensor " + tensor + " in " + tensors.keySet());
    }
    read.add(tensor);
    return values;
  }

  /** Compares a tensor of the case with what was computed. */
  public void compare(String tensor, int[] shape, double[] got) {
    Values expected = tensor(tensor);
    if (!Arrays.equals(shape, expected.shape)) {
      throw new AssertionError(
          name
              + ": "
              + tensor
              + " is "
              + Arrays.toString(shape)
              + ", expected "
              + Arrays.toString(expected.shape));
    }
    comparer
        .difference(tolerance, expected.data, got)
        .ifPresent(d -> {
          throw new AssertionError(name + ": " + tensor + ", " + d);
        });
  }

  /**
   * Ends the case.
   *
   * @throws AssertionError if a tensor or an option was not read
   */
  public void end() {
    config.about("tolerance", "note").close();
    Set<String> left = new TreeSet<>(tensors.keySet());
    left.removeAll(read);
    if (!left.isEmpty()) {
      throw new AssertionError(name + ": the reader does not consume " + left);
    }
  }
}
