package dev.unroll.interop;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of a safetensors file.
 *
 * @param entries in the order of their numbers
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A tensor: where its numbers stand, from the end of the header. */
  record Entry(String name, Stored stored, Shape shape, long begin, long end) {
    static Entry of(String name, Tensor t) {
      return new Entry(name, Stored.of(t.type()), t.shape(), 0, 0);
    }
  }

  /**
   * Parses and checks a header.
   *
   * @param data the number of bytes behind the header
   */
  static Header parse(Path path, byte[] json, long data) throws FormatException {
    JsonNode root;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
      root = JSON.readTree(text);
    } catch (CharacterCodingException e) {
      throw new FormatException(path, "has a header that is not UTF-8");
    } catch (JacksonException e) {
      throw new FormatException(path, "has a header that is not JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new FormatException(path, "has a header that is no JSON object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> e : root.properties()) {
      if (e.getKey().equals(METADATA)) {
        metadata(path, e.getValue(), metadata);
      } else {
        entries.add(entry(path, e.getKey(), e.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry e : entries) {
      if (e.begin != at) {
        throw new FormatException(
            path, "has \"" + e.name + "\" at byte " + e.begin + " of its data, expected " + at);
      }
      at = e.end;
    }
    if (at != data) {
      throw new FormatException(path, "has " + data + " bytes of data, its header says " + at);
    }
    return new Header(entries, metadata);
  }

  private static void metadata(Path path, JsonNode node, Map<String, String> into)
      throws FormatException {
    if (!node.isObject()) {
      throw new FormatException(path, "has metadata that is no JSON object");
    }
    for (Map.Entry<String, JsonNode> e : node.properties()) {
      if (!e.getValue().isString()) {
        throw new FormatException(path, "has metadata \"" + e.getKey() + "\" that is no text");
      }
      into.put(e.getKey(), e.getValue().stringValue());
    }
  }

  private static Entry entry(Path path, String name, JsonNode node) throws FormatException {
    String type = node.path("dtype").asString("");
    Stored stored =
        Arrays.stream(Stored.values())
            .filter(s -> s.name().equals(type))
            .findFirst()
            .orElseThrow(() ->
                new FormatException(
                    path,
                    "has \""
                        + name
                        + "\" of type \""
                        + type
                        + "\", expected one of "
                        + Arrays.toString(Stored.values())));
    long[] offsets = numbers(path, name, node.path("data_offsets"));
    long[] dims = numbers(path, name, node.path("shape"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new FormatException(path, "has \"" + name + "\" with offsets that are no range");
    }
    long bytes = stored.bytes();
    try {
      for (long d : dims) {
        bytes = Math.multiplyExact(bytes, d);
      }
    } catch (ArithmeticException e) {
      throw new FormatException(path, "has \"" + name + "\" of a size beyond 64 bits");
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw new FormatException(
          path,
          "has \""
              + name
              + "\" of "
              + Arrays.toString(dims)
              + " "
              + stored
              + ", that is "
              + bytes
              + " bytes, and offsets for "
              + (offsets[1] - offsets[0]));
    }
    int[] small = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] > Integer.MAX_VALUE || bytes / stored.bytes() > Integer.MAX_VALUE - 8) {
        throw new FormatException(path, "has \"" + name + "\" of more than 2^31 numbers");
      }
      small[i] = (int) dims[i];
    }
    return new Entry(name, stored, Shape.of(small), offsets[0], offsets[1]);
  }

  private static long[] numbers(Path path, String name, JsonNode array) throws FormatException {
    if (!array.isArray()) {
      throw new FormatException(path, "has \"" + name + "\" without shape or data_offsets");
    }
    long[] numbers = new long[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode n = array.get(i);
      if (!n.isIntegralNumber() || !n.canConvertToLong() || n.longValue() < 0) {
        throw new FormatException(
            path, "has \"" + name + "\" with " + shown(n) + " where a natural number is expected");
      }
      numbers[i] = n.longValue();
    }
    return numbers;
  }

  /** Returns a value as messages show it: an object may be as large as the file. */
  private static String shown(JsonNode n) {
    return n.isContainer() ? "a list or an object" : n.toString();
  }

  /** Returns the header of these tensors, stored in this order, padded with blanks. */
  static byte[] format(List<Entry> entries, Map<String, String> metadata) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = root.putObject(METADATA);
      metadata.forEach(node::put);
    }
    long at = 0;
    for (Entry e : entries) {
      ObjectNode node = root.putObject(e.name);
      node.put("dtype", e.stored.name());
      ArrayNode shape = node.putArray("shape");
      for (int d : e.shape.dims()) {
        shape.add(d);
      }
      long end = at + (long) e.shape.size() * e.stored.bytes();
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = JSON.writeValueAsBytes(root);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = Arrays.copyOf(json, padded);
    Arrays.fill(header, json.length, padded, (byte) ' ');
    return header;
  }
}
