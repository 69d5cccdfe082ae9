package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the parts of a {@code tokenizer.json}. */
final class JsonWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonWriter() {}

  static ObjectNode of(Subwords tokenizer) {
    if (tokenizer instanceof Surrounded s) {
      ObjectNode inner = of(s.inner());
      inner.set("post_processor", s.form());
      return inner;
    }
    ObjectNode root = NODES.objectNode();
    root.put("version", JsonReader.VERSION);
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    root.putNull("normalizer");
    Subwords model = tokenizer;
    Optional<Normalizer> normalizer = Optional.empty();
    if (tokenizer instanceof Pipeline p) {
      p.added().forEach(a -> added(added.addObject(), a, p.id(a.content())));
      normalizer = p.normalizer();
      model = p.model();
    }
    if (words(model) instanceof BertWords b) {
      Normalizer bert = BertText.of(b.lowerCase());
      normalizer = Optional.of(normalizer.map(n -> n.then(bert)).orElse(bert));
    }
    normalizer.ifPresent(n -> NormalizerJson.write(root.putObject("normalizer"), n));
    model(root, model);
    return root;
  }

  private static Tokenizer words(Subwords model) {
    return switch (model) {
      case Bpe b -> b.words();
      case WordPiece w -> w.words();
      default -> new WholeText();
    };
  }

  private static void added(ObjectNode to, AddedTokens.Added a, int id) {
    to.put("id", id)
        .put("content", a.content())
        .put("single_word", a.word())
        .put("lstrip", a.left())
        .put("rstrip", a.right())
        .put("normalized", a.normalized())
        .put("special", a.special());
  }

  private static void model(ObjectNode root, Subwords tokenizer) {
    switch (tokenizer) {
      case ByteLevelBpe b -> {
        byteLevel(root.putObject("pre_tokenizer"));
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        Bpe.Form form = new Bpe.Form("", false, "", "", false, b.whole());
        bpe(root, form, b.lexicon(), b.merges());
      }
      case Bpe b -> {
        words(root, b.words());
        root.putNull("post_processor");
        if (b.form().suffix().isEmpty()) {
          root.putNull("decoder");
        } else {
          root.putObject("decoder").put("type", "BPEDecoder").put("suffix", b.form().suffix());
        }
        bpe(root, b.form(), b.lexicon(), b.merges());
      }
      case WordPiece w -> {
        words(root, w.words());
        root.putNull("post_processor");
        root.putObject("decoder")
            .put("type", "WordPiece")
            .put("prefix", w.prefix())
            .put("cleanup", w.tidy());
        ObjectNode model =
            root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", w.unknown())
                .put("continuing_subword_prefix", w.prefix())
                .put("max_input_chars_per_word", w.longest());
        tokens(model, w.lexicon());
      }
      default ->
          throw new IllegalArgumentException(
              "[tokenizer] "
                  + tokenizer.getClass().getName()
                  + " cannot be represented in tokenizer.json");
    }
  }

  private static void bpe(ObjectNode root, Bpe.Form form, Lexicon lexicon, List<Merge> merges) {
    ObjectNode model = root.putObject("model").put("type", "BPE").putNull("dropout");
    optional(model, "unk_token", form.unknown());
    optional(model, "continuing_subword_prefix", form.prefix());
    optional(model, "end_of_word_suffix", form.suffix());
    model
        .put("fuse_unk", form.joined())
        .put("byte_fallback", form.bytes())
        .put("ignore_merges", form.whole());
    tokens(model, lexicon);
    merges(model, merges);
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
          case WholeText w -> "";
          case Whitespace w -> "WhitespaceSplit";
          case Matches m when m.pattern().pattern().equals(JsonReader.WORDS_AND_SIGNS.pattern()) ->
              "Whitespace";
          case BertSplit b -> "BertPreTokenizer";
          case BertWords b -> "BertPreTokenizer";
          default ->
              throw new IllegalArgumentException(
                  "[tokenizer] words of "
                      + words.getClass().getSimpleName()
                      + " cannot be represented in tokenizer.json");
        };
    if (type.isEmpty()) {
      root.putNull("pre_tokenizer");
    } else {
      root.putObject("pre_tokenizer").put("type", type);
    }
  }

  private static void optional(ObjectNode model, String name, String value) {
    if (value.isEmpty()) {
      model.putNull(name);
    } else {
      model.put(name, value);
    }
  }

  private static void tokens(ObjectNode model, Lexicon lexicon) {
    ObjectNode vocab = model.putObject("vocab");
    for (String t : lexicon.tokens()) {
      if (lexicon.find(t) >= 0) {
        vocab.put(t, lexicon.find(t));
      }
    }
  }

  private static void merges(ObjectNode model, List<Merge> merges) {
    ArrayNode all = model.putArray("merges");
    merges.forEach(m -> all.addArray().add(m.left()).add(m.right()));
  }
}
