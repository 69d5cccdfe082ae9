package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Normalizers in a {@code tokenizer.json}: one table for reading and writing. */
final class NormalizerJson {
  private static final String SEQUENCE = "Sequence";
  private static final String BERT = "BertNormalizer";
  private static final Map<String, Normalizer> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put("NFC", Normalizer.nfc());
    NAMED.put("NFD", Normalizer.nfd());
    NAMED.put("NFKC", Normalizer.nfkc());
    NAMED.put("NFKD", Normalizer.nfkd());
    NAMED.put("Lowercase", Normalizer.lowerCase());
    NAMED.put("StripAccents", Normalizer.withoutMarks());
  }

  private NormalizerJson() {}

  /** Reads a normalizer; an empty sequence counts as absent. */
  static Optional<Normalizer> read(Fields fields) {
    String type = fields.text("type");
    Optional<Normalizer> read =
        switch (type) {
          case SEQUENCE ->
              joined(
                  fields.objects("normalizers").stream().flatMap(f -> read(f).stream()).toList());
          case BERT -> Optional.of(bert(fields));
          default -> {
            if (!NAMED.containsKey(type)) {
              throw new IllegalArgumentException(
                  "the normalizer \"" + type + "\" is not supported");
            }
            yield Optional.of(NAMED.get(type));
          }
        };
    fields.end();
    return read;
  }

  /** Combines halves recursively: appending one by one would be quadratic. */
  private static Optional<Normalizer> joined(List<Normalizer> steps) {
    int half = steps.size() / 2;
    return half == 0
        ? steps.stream().findFirst()
        : joined(steps.subList(0, half))
            .map(n -> n.then(joined(steps.subList(half, steps.size())).orElseThrow()));
  }

  private static BertText bert(Fields fields) {
    boolean lowerCase = fields.flag("lowercase", true);
    return new BertText(
        fields.flag("clean_text", true),
        fields.flag("handle_chinese_chars", true),
        fields.flag("strip_accents", lowerCase),
        lowerCase);
  }

  /**
   * Writes a normalizer.
   *
   * @throws IllegalArgumentException if the format has no equivalent
   */
  static void write(ObjectNode to, Normalizer normalizer) {
    List<Normalizer> steps = normalizer.steps();
    if (steps.size() == 1) {
      one(to, steps.getFirst());
      return;
    }
    ArrayNode all = to.put("type", SEQUENCE).putArray("normalizers");
    steps.forEach(n -> one(all.addObject(), n));
  }

  private static void one(ObjectNode to, Normalizer n) {
    if (n instanceof BertText b) {
      to.put("type", BERT)
          .put("clean_text", b.clean())
          .put("handle_chinese_chars", b.chinese())
          .put("strip_accents", b.accents())
          .put("lowercase", b.lowerCase());
      return;
    }
    String type =
        NAMED.entrySet().stream()
            .filter(e -> e.getValue().equals(n))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "[tokenizer] the normalizer "
                        + name(n)
                        + " cannot be represented in tokenizer.json"));
    to.put("type", type);
  }

  private static String name(Normalizer n) {
    Class<?> c = n.getClass();
    if (n instanceof Enum<?> || c.isRecord()) {
      return n.toString();
    }
    return c.isHidden() ? "(a function)" : c.getSimpleName();
  }
}
