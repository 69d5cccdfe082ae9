package dev.unroll.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes of a JSON document that leave it JSON, but for numbers and nesting without measure. */
final class JsonMutation {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Pattern PLACE = Pattern.compile("\"@(\\d+)@\"");
  private static final int LARGEST = 1 << 17;

  private static final String[] VALUES = {
    "null",
    "true",
    "0.5",
    "-1",
    "1e5",
    "2147483647",
    "2147483648",
    "99999999999999999999",
    "1e999",
    "\"\"",
    "\"x\"",
    "\"\\ud800\"",
    "\"Sequence\"",
    "\"NFC\"",
    "\"ByteLevel\"",
    "[]",
    "{}",
    "[[]]",
    "[0]",
    "[4294967296, 4294967296]",
    "[-1]",
    "{\"type\": \"NFC\"}",
    "\"I64\"",
    "\"F8_E4M3\"",
    "[0, 9223372036854775807]",
    "60000",
    "1" + "0".repeat(2000)
  };

  private JsonMutation() {}

  /** Returns the document with one to four changes. */
  static String of(String sample, Random random) {
    JsonNode root = JsonMapper.shared().readTree(sample);
    List<String> raw = new ArrayList<>(); // what no tree can hold, by place
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      change(root, random, raw);
    }
    String text = filled(root.toString(), raw);
    return random.nextInt(10) == 0 ? twice(text, random) : text;
  }

  /** Returns a text with what no tree can hold in its places, as long as it stays small. */
  private static String filled(String text, List<String> raw) {
    Matcher place = PLACE.matcher(text);
    StringBuilder all = new StringBuilder();
    int done = 0;
    while (place.find()) {
      String value = raw.get(Integer.parseInt(place.group(1)));
      all.append(text, done, place.start()).append(all.length() < LARGEST ? value : "0");
      done = place.end();
    }
    return all.append(text, done, text.length()).toString();
  }

  /** A name that comes twice. */
  private static String twice(String text, Random random) {
    int at = text.indexOf("\":", random.nextInt(text.length()));
    int begin = at < 1 ? -1 : text.lastIndexOf('"', at - 1);
    return begin < 0
        ? text
        : text.substring(0, begin) + text.substring(begin, at + 2) + "0," + text.substring(begin);
  }

  private static void change(JsonNode root, Random random, List<String> raw) {
    List<JsonNode> inner = new ArrayList<>();
    collect(root, inner);
    JsonNode at = inner.get(random.nextInt(inner.size()));
    JsonNode other = inner.get(random.nextInt(inner.size())).deepCopy();
    JsonNode value =
        switch (random.nextInt(8)) {
          case 0 -> other;
          case 1 -> raw(nested(random), raw);
          case 2 -> NODES.stringNode("a\u0301".repeat(1 << random.nextInt(13)));
          default -> raw(VALUES[random.nextInt(VALUES.length)], raw);
        };
    switch (at) {
      case ObjectNode o -> change(o, value, random);
      case ArrayNode a -> change(a, value, random);
      default -> throw new AssertionError(at);
    }
  }

  private static void change(ObjectNode o, JsonNode value, Random random) {
    List<String> names = new ArrayList<>(o.propertyNames());
    String name = names.isEmpty() ? "a" : names.get(random.nextInt(names.size()));
    String second = names.isEmpty() ? "b" : names.get(random.nextInt(names.size()));
    JsonNode there = o.get(name);
    switch (random.nextInt(6)) {
      case 0 -> o.remove(name);
      case 1 -> o.set("x" + name, value);
      case 2 -> {
        if (there != null && o.get(second) != null) {
          o.set(name, o.get(second));
          o.set(second, there);
        }
      }
      default -> o.set(name, value);
    }
  }

  private static void change(ArrayNode a, JsonNode value, Random random) {
    int at = random.nextInt(a.size() + 1);
    switch (random.nextInt(4)) {
      case 0 -> a.insert(at, value);
      case 1 -> {
        // A list that is there 300 times and grows by 300 later would be without measure.
        int most = value.isContainer() || value.toString().length() > 50 ? 3 : 300;
        for (int i = random.nextInt(most); i > 0; i--) {
          a.add(value);
        }
      }
      default -> {
        if (at < a.size()) {
          a.set(at, value);
        }
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> to) {
    if (node.isContainer()) {
      to.add(node);
      node.forEach(n -> collect(n, to));
    }
  }

  private static String nested(Random random) {
    int n = 1 << random.nextInt(13);
    return switch (random.nextInt(3)) {
      case 0 -> "[".repeat(n) + "]".repeat(n);
      case 1 -> "{\"type\":\"Sequence\",\"normalizers\":[".repeat(n) + "]}".repeat(n);
      default -> "{\"a\":".repeat(n) + "1" + "}".repeat(n);
    };
  }

  private static JsonNode raw(String text, List<String> raw) {
    raw.add(text);
    return NODES.stringNode("@" + (raw.size() - 1) + "@");
  }
}
