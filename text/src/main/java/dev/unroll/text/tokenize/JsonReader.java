package dev.unroll.text.tokenize;

import dev.unroll.text.Normalizer;
import dev.unroll.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads the parts of a {@code tokenizer.json}, including every field. */
final class JsonReader {
  /** Runs of letters, digits and underscores, and runs of other characters except white space. */
  static final Pattern WORDS_AND_SIGNS =
      Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);

  static final String VERSION = "1.0";

  private final TreeMap<Integer, String> tokens = new TreeMap<>();
  private final Set<String> others = new HashSet<>(); // added tokens that do not occur within words

  /** Reads a tokenizer. */
  static Subwords read(JsonNode root) {
    JsonReader reader = new JsonReader();
    Fields fields = new Fields("", root);
    Optional<Fields> template = fields.object("post_processor");
    Subwords bare = reader.tokenizer(fields);
    return template
        .<Subwords>map(t ->
            new Surrounded(
                bare, new TemplateJson(reader.tokens).read(t), root.get("post_processor")))
        .orElse(bare);
  }

  private Subwords tokenizer(Fields root) {
    root.refuse("truncation", "set it to null, and truncate the ids yourself");
    root.refuse("padding", "set it to null; padding is added when batches are built");
    String version = root.text("version", VERSION);
    if (!version.equals(VERSION)) {
      throw new IllegalArgumentException("expected version 1.0, got \"" + version + "\"");
    }
    Fields model =
        root.object("model").orElseThrow(() -> new IllegalArgumentException("model is missing"));
    String type = model.text("type", "");
    if (!type.equals("BPE") && !type.equals("WordPiece")) {
      throw new IllegalArgumentException("the model \"" + type + "\" is not supported");
    }
    model.object("vocab").ifPresent(v -> v.counts().forEach((token, id) -> put(id, token)));
    Set<String> parts = Set.copyOf(tokens.values());
    List<AddedTokens.Added> added = root.objects("added_tokens").stream().map(this::added).toList();
    added.forEach(a -> others.add(a.content()));
    others.removeAll(parts);
    Optional<Normalizer> normalizer = root.object("normalizer").flatMap(NormalizerJson::read);
    Optional<Fields> words = root.object("pre_tokenizer");
    Optional<Fields> decoder = root.object("decoder");
    Subwords subwords =
        type.equals("BPE") ? bpe(model, words, decoder) : wordPiece(model, words, decoder);
    model.end();
    words.ifPresent(Fields::end);
    decoder.ifPresent(Fields::end);
    root.end();
    return normalizer.isEmpty() && added.isEmpty()
        ? subwords
        : new Pipeline(normalizer, added, subwords);
  }

  private AddedTokens.Added added(Fields f) {
    int id = f.count("id");
    String content = f.text("content");
    if (id < 0 || content.isEmpty()) {
      throw new IllegalArgumentException(
          "the added token \"" + content + "\" lacks an id or content");
    }
    put(id, content);
    boolean special = f.flag("special", false);
    AddedTokens.Added added =
        new AddedTokens.Added(
            content,
            special,
            f.flag("single_word", false),
            f.flag("lstrip", false),
            f.flag("rstrip", false),
            f.flag("normalized", !special));
    f.end();
    return added;
  }

  private void put(int id, String token) {
    String there = tokens.putIfAbsent(id, token);
    if (there != null && !there.equals(token)) {
      throw new IllegalArgumentException(
          "\"" + there + "\" and \"" + token + "\" are both token " + id);
    }
  }

  /** Returns the tokens in the order of their ids, which must be contiguous. */
  private Lexicon lexicon() {
    if (!tokens.isEmpty() && tokens.lastKey() != tokens.size() - 1) {
      throw new IllegalArgumentException(
          tokens.size() + " tokens are numbered " + tokens.firstKey() + " to " + tokens.lastKey());
    }
    return new Lexicon(List.copyOf(tokens.values()), others);
  }

  private Subwords bpe(Fields model, Optional<Fields> words, Optional<Fields> decoder) {
    if (model.number("dropout") != 0) {
      throw new IllegalArgumentException("dropout of merges is not supported");
    }
    List<Merge> merges = new ArrayList<>();
    for (JsonNode m : model.list("merges")) {
      merges.add(merge(merges.size(), m));
    }
    Bpe.Form form =
        new Bpe.Form(
            model.text("unk_token", ""),
            model.flag("fuse_unk", false),
            model.text("continuing_subword_prefix", ""),
            model.text("end_of_word_suffix", ""),
            model.flag("byte_fallback", false),
            model.flag("ignore_merges", false));
    String finder = finder(words);
    if (finder.equals("ByteLevel")) {
      // Every byte is in the vocabulary, so that the unknown token is irrelevant.
      if (!form.prefix().isEmpty() || !form.suffix().isEmpty()) {
        throw new IllegalArgumentException("ByteLevel is supported only without prefix and suffix");
      }
      checkByteLevel(words.orElseThrow());
      JsonDecoder.check(decoder, "ByteLevel");
      return new ByteLevelBpe(lexicon(), merges, form.whole());
    }
    Tokenizer found = words(finder);
    JsonDecoder.check(decoder, form);
    return new Bpe(found, lexicon(), merges, form);
  }

  private static Merge merge(int number, JsonNode m) {
    boolean pair = m.isArray() && m.size() == 2 && m.get(0).isString() && m.get(1).isString();
    String[] parts = m.isString() ? m.asString().split(" ", -1) : new String[0];
    if (pair) {
      parts = new String[] {m.get(0).asString(), m.get(1).asString()};
    }
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new IllegalArgumentException("merge " + number + " is not a pair: " + m);
    }
    return new Merge(parts[0], parts[1]);
  }

  private static void checkByteLevel(Fields words) {
    words.flag("trim_offsets", true); // This option applies to the post-processor only.
    if (words.flag("add_prefix_space", true) || !words.flag("use_regex", true)) {
      throw new IllegalArgumentException(
          "ByteLevel is supported only without add_prefix_space and with use_regex");
    }
  }

  private Subwords wordPiece(Fields model, Optional<Fields> words, Optional<Fields> decoder) {
    String unknown = model.text("unk_token", "[UNK]");
    String prefix = model.text("continuing_subword_prefix", WordPiece.PREFIX);
    int longest = model.count("max_input_chars_per_word");
    Tokenizer finder = words(finder(words));
    boolean tidy = JsonDecoder.tidy(decoder, prefix);
    return new WordPiece(finder, lexicon(), unknown, prefix, longest < 0 ? 100 : longest, tidy);
  }

  /** Returns the type of the pre-tokenizer; sequences are not supported. */
  private static String finder(Optional<Fields> words) {
    String type = words.map(w -> w.text("type")).orElse("");
    if (type.equals("Sequence")) {
      List<String> parts =
          words.orElseThrow().objects("pretokenizers").stream().map(f -> f.text("type")).toList();
      throw new IllegalArgumentException(
          "the pre_tokenizer \"Sequence\" of " + parts + " is not supported");
    }
    return type;
  }

  private static Tokenizer words(String type) {
    return switch (type) {
      case "" -> new WholeText();
      case "WhitespaceSplit" -> new Whitespace();
      case "Whitespace" -> new Matches(WORDS_AND_SIGNS);
      case "BertPreTokenizer" -> new BertSplit();
      default ->
          throw new IllegalArgumentException("the pre_tokenizer \"" + type + "\" is not supported");
    };
  }
}
