package dev.unroll.text;

import dev.unroll.text.unicode.Segments;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The built-in normalizers, and a tokenizer that applies one. */
final class Normalizers {
  private Normalizers() {}

  /** Normalizers that rewrite each character independently. */
  enum CharacterRule implements Normalizer {
    LOWER_CASE {
      @Override
      String of(int c) {
        return Character.toString(c).toLowerCase(Locale.ROOT);
      }
    },
    WITHOUT_ACCENTS {
      @Override
      String of(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK ? "" : Character.toString(c);
      }
    },
    WITHOUT_MARKS {
      @Override
      String of(int c) {
        return switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK ->
              "";
          default -> Character.toString(c);
        };
      }
    },
    WITHOUT_CONTROLS {
      @Override
      String of(int c) {
        return switch (Character.getType(c)) {
          case Character.CONTROL -> "\t\n\r".indexOf(c) >= 0 ? Character.toString(c) : "";
          case Character.FORMAT -> "";
          default -> Character.toString(c);
        };
      }
    },
    ZERO_DIGITS {
      @Override
      String of(int c) {
        return Character.isDigit(c) ? "0" : Character.toString(c);
      }
    };

    /** Returns the replacement of a code point. */
    abstract String of(int c);

    @Override
    public void rewrite(String text, Output out) {
      int i = 0;
      while (i < text.length()) {
        int c = text.codePointAt(i);
        int end = i + Character.charCount(c);
        out.put(of(c), i, end);
        i = end;
      }
    }
  }

  /** A normalizer that prints its name. */
  record Named(String name, Normalizer normalizer) implements Normalizer {
    @Override
    public void rewrite(String text, Output out) {
      normalizer.rewrite(text, out);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A Unicode normalization form, applied to one segment at a time. */
  record UnicodeForm(Form form) implements Normalizer {
    @Override
    public void rewrite(String text, Output out) {
      boolean normalized = java.text.Normalizer.isNormalized(text, form);
      for (int i = 0; i < text.length(); ) {
        int end = normalized ? i + 1 : Segments.end(text, i);
        String part = text.substring(i, end);
        boolean same = normalized || (end == i + 1 && text.charAt(i) < 0x80);
        out.put(same ? part : java.text.Normalizer.normalize(part, form), i, end);
        i = end;
      }
    }

    @Override
    public String normalize(String text) {
      return java.text.Normalizer.normalize(text, form);
    }
  }

  /**
   * A sequence of normalizers.
   *
   * @param steps at least two
   */
  record Sequence(List<Normalizer> steps) implements Normalizer {
    Sequence {
      steps = steps.stream().flatMap(n -> n.steps().stream()).toList();
    }

    static Sequence of(Normalizer first, Normalizer next) {
      return new Sequence(Stream.of(first, next).toList());
    }

    @Override
    public void rewrite(String text, Output out) {
      Rewritten all = Rewritten.of(steps.getFirst(), text);
      for (Normalizer n : steps.subList(1, steps.size() - 1)) {
        all = all.then(n);
      }
      all.rewrite(steps.getLast(), out);
    }

    @Override
    public String normalize(String text) {
      String all = text;
      for (Normalizer n : steps) {
        all = n.normalize(all);
      }
      return all;
    }
  }

  /** Tokenizes normalized text; offsets refer to the original text. */
  record NormalizedTokenizer(Normalizer normalizer, Tokenizer tokenizer) implements Tokenizer {
    @Override
    public void tokenize(String text, Consumer<Token> tokens) {
      Rewritten r = Rewritten.of(normalizer, text);
      tokenizer.tokenize(
          r.text(),
          t -> tokens.accept(new Token(t.text(), r.start(t.start()), r.end(t.start(), t.end()))));
    }

    @Override
    public String join(List<String> tokens) {
      return tokenizer.join(tokens);
    }
  }
}
