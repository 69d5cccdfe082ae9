package dev.unroll.interop;

import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of a safetensors file.
 *
 * @param entries in the order of their data
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** A tensor, and the byte range of its data, relative to the end of the header. */
  record Entry(String name, Stored stored, Shape shape, long begin, long end) {
    static Entry of(String name, Tensor t) {
      return new Entry(name, Stored.of(t.type()), t.shape(), 0, 0);
    }
  }

  /** Returns the header of these tensors, stored in this order, padded with blanks. */
  static byte[] format(List<Entry> entries, Map<String, String> metadata) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
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
      long end = at + (long) e.shape.size() * e.stored.bits() / 8;
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = JsonMapper.shared().writeValueAsBytes(root);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = Arrays.copyOf(json, padded);
    Arrays.fill(header, json.length, padded, (byte) ' ');
    return header;
  }
}
