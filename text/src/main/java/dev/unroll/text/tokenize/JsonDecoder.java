package dev.unroll.text.tokenize;

import java.util.List;
import java.util.Optional;

/**
 * Checks the decoder of a {@code tokenizer.json}: the model determines how tokens are joined, so
 * that a file with a different decoder is rejected.
 */
final class JsonDecoder {
  private JsonDecoder() {}

  private static IllegalArgumentException unknown(String type) {
    return new IllegalArgumentException(
        "the decoder \"" + type + "\" is not supported with this model");
  }

  /** Accepts an absent decoder, or one of a type without options. */
  static void check(Optional<Fields> decoder, String expected) {
    decoder.ifPresent(d -> {
      String type = d.text("type");
      if (!type.equals(expected)) {
        throw unknown(type);
      }
      for (String n : List.of("add_prefix_space", "trim_offsets", "use_regex")) {
        d.flag(n, true); // These options apply to encoding only.
      }
    });
  }

  /** Accepts the decoder that matches a form: by its suffix, or bytes. */
  static void check(Optional<Fields> decoder, Bpe.Form form) {
    decoder.ifPresent(d -> one(d, form));
  }

  private static void one(Fields d, Bpe.Form form) {
    String type = d.text("type");
    boolean known =
        switch (type) {
          case "BPEDecoder" -> d.text("suffix", "</w>").equals(form.suffix());
          case "ByteFallback" -> form.bytes();
          case "Fuse" -> form.suffix().isEmpty() && form.prefix().isEmpty();
          case "Sequence" -> {
            d.objects("decoders")
                .forEach(part -> {
                  one(part, form);
                  part.end();
                });
            yield true;
          }
          default -> false;
        };
    if (!known) {
      throw unknown(type);
    }
  }

  /** Returns whether joining word pieces removes spaces before punctuation. */
  static boolean tidy(Optional<Fields> decoder, String prefix) {
    if (decoder.isEmpty()) {
      return false;
    }
    Fields d = decoder.get();
    String type = d.text("type");
    if (!type.equals("WordPiece") || !d.text("prefix", WordPiece.PREFIX).equals(prefix)) {
      throw unknown(type);
    }
    return d.flag("cleanup", true);
  }
}
