package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The parts of a {@code tokenizer.json}.
 *
 * @param root all of it
 */
record JsonReader(JsonNode root) {
  /** Runs of letters, digits and underscores, and runs of what is neither that nor white space. */
  static final Pattern WORDS_AND_SIGNS =
      Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);

  Subwords tokenizer() {
    String type = text(root.path("model"), "type", "");
    Subwords subwords =
        switch (type) {
          case "BPE" -> bpe();
          case "WordPiece" -> wordPiece();
          default -> throw new IllegalArgumentException("the model \"" + type + "\" is not known");
        };
    return normalizer(root.path("normalizer"))
        .<Subwords>map(n -> new NormalizedSubwords(n, subwords))
        .orElse(subwords);
  }

  private Subwords bpe() {
    JsonNode model = root.path("model");
    if (model.path("dropout").asDouble(0) != 0) {
      throw new IllegalArgumentException("dropout of merges is not known");
    }
    List<Merge> merges = new ArrayList<>();
    for (JsonNode m : model.path("merges")) {
      String[] parts =
          m.isArray()
              ? new String[] {m.path(0).asString(""), m.path(1).asString("")}
              : m.asString("").split(" ", 2);
      if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
        throw new IllegalArgumentException("merge " + merges.size() + " is no pair: " + m);
      }
      merges.add(new Merge(parts[0], parts[1]));
    }
    if (type(root.path("pre_tokenizer")).equals("ByteLevel")) {
      JsonNode bytes = root.path("pre_tokenizer");
      if (bytes.path("add_prefix_space").asBoolean(false)
          || !bytes.path("use_regex").asBoolean(true)) {
        throw new IllegalArgumentException("ByteLevel is known without add_prefix_space alone");
      }
      return new ByteLevelBpe(tokens(), merges);
    }
    Bpe.Form form =
        new Bpe.Form(
            text(model, "unk_token", ""),
            model.path("fuse_unk").asBoolean(false),
            text(model, "continuing_subword_prefix", ""),
            text(model, "end_of_word_suffix", ""));
    return new Bpe(words(), tokens(), merges, form);
  }

  private Subwords wordPiece() {
    JsonNode model = root.path("model");
    return new WordPiece(
        words(),
        tokens(),
        text(model, "unk_token", "[UNK]"),
        text(model, "continuing_subword_prefix", WordPiece.PREFIX),
        model.path("max_input_chars_per_word").asInt(100));
  }

  /** The tokens in the order of their numbers, which have no gaps. */
  private List<String> tokens() {
    TreeMap<Integer, String> all = new TreeMap<>();
    root.path("model").path("vocab").forEachEntry((token, id) -> put(all, id.asInt(-1), token));
    for (JsonNode added : root.path("added_tokens")) {
      put(all, added.path("id").asInt(-1), added.path("content").asString(""));
    }
    if (!all.isEmpty() && (all.firstKey() != 0 || all.lastKey() != all.size() - 1)) {
      throw new IllegalArgumentException(
          all.size() + " tokens are numbered " + all.firstKey() + " to " + all.lastKey());
    }
    return List.copyOf(all.values());
  }

  private static void put(TreeMap<Integer, String> all, int id, String token) {
    String there = all.putIfAbsent(id, token);
    if (there != null && !there.equals(token)) {
      throw new IllegalArgumentException(
          "\"" + there + "\" and \"" + token + "\" are both token " + id);
    }
  }

  private Tokenizer words() {
    String type = type(root.path("pre_tokenizer"));
    return switch (type) {
      case "", "WhitespaceSplit" -> new Whitespace();
      case "Whitespace" -> new Matches(WORDS_AND_SIGNS);
      case "BertPreTokenizer" -> new BertWords(isBert() && bertLowerCase());
      default ->
          throw new IllegalArgumentException("the pre_tokenizer \"" + type + "\" is not known");
    };
  }

  private boolean isBert() {
    return type(root.path("normalizer")).equals("BertNormalizer");
  }

  private boolean bertLowerCase() {
    JsonNode n = root.path("normalizer");
    boolean lower = n.path("lowercase").asBoolean(true);
    JsonNode strip = n.path("strip_accents");
    boolean usual =
        n.path("clean_text").asBoolean(true)
            && n.path("handle_chinese_chars").asBoolean(true)
            && (strip.isMissingNode() || strip.isNull() || strip.asBoolean() == lower);
    if (!usual) {
      throw new IllegalArgumentException("BertNormalizer is known in BERT's own form alone: " + n);
    }
    return lower;
  }

  private Optional<Normalizer> normalizer(JsonNode node) {
    String type = type(node);
    return switch (type) {
      case "" -> Optional.empty();
      case "NFC" -> Optional.of(Normalizer.nfc());
      case "NFD" -> Optional.of(Normalizer.nfd());
      case "NFKC" -> Optional.of(Normalizer.nfkc());
      case "NFKD" -> Optional.of(Normalizer.nfkd());
      case "Lowercase" -> Optional.of(Normalizer.lowerCase());
      case "StripAccents" -> Optional.of(Normalizer.withoutAccents());
      case "Sequence" -> {
        Optional<Normalizer> all = Optional.empty();
        for (JsonNode n : node.path("normalizers")) {
          Optional<Normalizer> next = normalizer(n);
          Optional<Normalizer> before = all;
          all = next.map(x -> before.map(b -> b.then(x)).orElse(x)).or(() -> before);
        }
        yield all;
      }
      case "BertNormalizer" -> {
        if (!type(root.path("pre_tokenizer")).equals("BertPreTokenizer")) {
          throw new IllegalArgumentException("BertNormalizer is known with its own words alone");
        }
        yield Optional.empty(); // BertWords does it.
      }
      default -> throw new IllegalArgumentException("the normalizer \"" + type + "\" is not known");
    };
  }

  private static String type(JsonNode node) {
    return text(node, "type", "");
  }

  private static String text(JsonNode node, String name, String otherwise) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? otherwise : value.asString("");
  }
}
