package dev.unroll.text.tokenize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the {@code post_processor} of a {@code tokenizer.json}: the tokens that are added around
 * one text. Templates of pairs and type ids are read but ignored.
 */
final class TemplateJson {
  private static final String SPECIAL = "SpecialToken";

  /** The tokens added before and after a text. */
  record Template(List<String> before, List<String> after) {
    Template {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    Template around(Template inner) {
      List<String> first = new ArrayList<>(before);
      first.addAll(inner.before);
      List<String> last = new ArrayList<>(inner.after);
      last.addAll(after);
      return new Template(first, last);
    }
  }

  private final Map<Integer, String> tokens;

  /**
   * Creates a reader.
   *
   * @param tokens the tokens of the vocabulary, by id
   */
  TemplateJson(Map<Integer, String> tokens) {
    this.tokens = tokens;
  }

  Template read(Fields f) {
    String type = f.text("type");
    Template read =
        switch (type) {
          case "ByteLevel" -> {
            offsets(f, "add_prefix_space", "trim_offsets", "use_regex");
            yield new Template(List.of(), List.of());
          }
          case "BertProcessing" -> pair(f);
          case "RobertaProcessing" -> {
            offsets(f, "add_prefix_space", "trim_offsets");
            yield pair(f);
          }
          case "TemplateProcessing" -> template(f);
          case "Sequence" -> {
            Template all = new Template(List.of(), List.of());
            for (Fields part : f.objects("processors")) {
              all = read(part).around(all);
            }
            yield all;
          }
          default ->
              throw new IllegalArgumentException(
                  "the post_processor \"" + type + "\" is not supported");
        };
    f.end();
    return read;
  }

  /** Reads options that affect only offsets, which are the model's here. */
  private static void offsets(Fields f, String... names) {
    for (String n : names) {
      f.flag(n, true);
    }
  }

  private Template pair(Fields f) {
    return new Template(List.of(token(f, "cls")), List.of(token(f, "sep")));
  }

  private String token(Fields f, String name) {
    List<JsonNode> pair = f.list(name);
    if (pair.size() != 2 || !pair.get(0).isString() || !pair.get(1).isInt()) {
      throw new IllegalArgumentException(
          f.path(name) + ": expected a token and its id, got " + pair);
    }
    return checked(f.path(name), pair.get(0).asString(), pair.get(1).intValue());
  }

  private String checked(String where, String token, int id) {
    if (!token.equals(tokens.get(id))) {
      throw new IllegalArgumentException(
          where + ": expected a token of the vocabulary, got \"" + token + "\" as token " + id);
    }
    return token;
  }

  private Template template(Fields f) {
    Map<String, List<String>> special = new HashMap<>();
    f.object("special_tokens")
        .ifPresent(all ->
            all.names().forEach(n -> all.object(n).ifPresent(s -> special.put(n, special(n, s)))));
    pieces(f, "pair", special);
    List<List<String>> pieces = pieces(f, "single", special);
    int at = pieces.indexOf(List.<String>of());
    if (at < 0 || at != pieces.lastIndexOf(List.<String>of())) {
      throw new IllegalArgumentException(
          f.path("single") + ": expected one Sequence of id A among the tokens");
    }
    return new Template(
        pieces.subList(0, at).stream().flatMap(List::stream).toList(),
        pieces.subList(at + 1, pieces.size()).stream().flatMap(List::stream).toList());
  }

  /** Returns the tokens that a name in a template denotes. */
  private List<String> special(String name, Fields f) {
    String id = f.text("id", name);
    List<JsonNode> ids = f.list("ids");
    List<JsonNode> texts = f.list("tokens");
    if (!id.equals(name) || ids.isEmpty() || ids.size() != texts.size()) {
      throw new IllegalArgumentException(
          f.path("ids") + ": expected the ids of the tokens of \"" + name + "\", got " + ids);
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      int number = ids.get(i).isInt() ? ids.get(i).intValue() : -1;
      all.add(checked(f.path("tokens"), texts.get(i).asString(texts.get(i).toString()), number));
    }
    f.end();
    return all;
  }

  /** Returns the tokens of each piece; an empty list for the text itself. */
  private static List<List<String>> pieces(
      Fields f, String name, Map<String, List<String>> special) {
    List<List<String>> all = new ArrayList<>();
    for (Fields piece : f.objects(name)) {
      boolean token = piece.names().contains(SPECIAL);
      Fields inner =
          piece
              .object(token ? SPECIAL : "Sequence")
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      piece.path("Sequence") + " is missing, or " + SPECIAL));
      String id = inner.text("id");
      inner.count("type_id");
      if (token && !special.containsKey(id)) {
        throw new IllegalArgumentException(
            inner.path("id") + ": \"" + id + "\" is not among special_tokens");
      }
      if (!token && !id.equals("A") && !(id.equals("B") && name.equals("pair"))) {
        throw new IllegalArgumentException(
            inner.path("id") + ": expected the sequence A, got \"" + id + "\"");
      }
      all.add(token ? special.get(id) : List.of());
      inner.end();
      piece.end();
    }
    return all;
  }
}
