package dev.unroll.text.tokenize;

import dev.unroll.text.Tokenizer;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the parts of a {@code tokenizer.json}. */
final class JsonWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonWriter() {}

  static ObjectNode of(Subwords tokenizer) {
    ObjectNode root = NODES.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    root.putArray("added_tokens");
    root.putNull("normalizer");
    switch (tokenizer) {
      case ByteLevelBpe b -> {
        byteLevel(root.putObject("pre_tokenizer"));
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model").put("type", "BPE");
        tokens(model, b.tokens());
        merges(model, b.merges());
      }
      case Bpe b -> {
        words(root, b.words());
        root.putNull("post_processor");
        root.putNull("decoder");
        Bpe.Form form = b.form();
        ObjectNode model =
            root.putObject("model").put("type", "BPE").put("fuse_unk", form.joined());
        optional(model, "unk_token", form.unknown());
        optional(model, "continuing_subword_prefix", form.prefix());
        optional(model, "end_of_word_suffix", form.suffix());
        tokens(model, b.tokens());
        merges(model, b.merges());
      }
      case WordPiece w -> {
        words(root, w.words());
        root.putNull("post_processor");
        root.putObject("decoder").put("type", "WordPiece").put("prefix", w.prefix());
        ObjectNode model =
            root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", w.unknown())
                .put("continuing_subword_prefix", w.prefix())
                .put("max_input_chars_per_word", w.longest());
        tokens(model, w.tokens());
      }
      default ->
          throw new IllegalArgumentException(
              "[tokenizer] " + tokenizer.getClass().getName() + " has no form in tokenizer.json");
    }
    return root;
  }

  private static void byteLevel(ObjectNode part) {
    part.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private static void words(ObjectNode root, Tokenizer words) {
    String type =
        switch (words) {
          case Whitespace w -> "WhitespaceSplit";
          case Matches m when m.pattern().pattern().equals(JsonReader.WORDS_AND_SIGNS.pattern()) ->
              "Whitespace";
          case BertWords b -> {
            root.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", b.lowerCase());
            yield "BertPreTokenizer";
          }
          default ->
              throw new IllegalArgumentException(
                  "[tokenizer] words of " + words + " have no form in tokenizer.json");
        };
    root.putObject("pre_tokenizer").put("type", type);
  }

  private static void optional(ObjectNode model, String name, String value) {
    if (value.isEmpty()) {
      model.putNull(name);
    } else {
      model.put(name, value);
    }
  }

  private static void tokens(ObjectNode model, List<String> tokens) {
    ObjectNode vocab = model.putObject("vocab");
    for (int i = 0; i < tokens.size(); i++) {
      vocab.put(tokens.get(i), i);
    }
  }

  private static void merges(ObjectNode model, List<Merge> merges) {
    ArrayNode all = model.putArray("merges");
    merges.forEach(m -> all.addArray().add(m.left()).add(m.right()));
  }
}
