package dev.unroll.text.builtin;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.spi.TokenizerProvider;
import dev.unroll.text.tokenize.Characters;
import dev.unroll.text.tokenize.Jamo;
import dev.unroll.text.tokenize.Matches;
import dev.unroll.text.tokenize.TokenizerJson;
import dev.unroll.text.tokenize.Whitespace;
import dev.unroll.text.tokenize.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The tokenizers of this module, by name. */
public final class BuiltInTokenizers {
  private BuiltInTokenizers() {}

  private static Tokenizer plain(String name, String argument, Supplier<Tokenizer> make) {
    if (!argument.isEmpty()) {
      throw new IllegalArgumentException(
          "[tokenizer] " + name + " takes no argument, given \"" + argument + "\"");
    }
    return make.get();
  }

  /** {@link Characters}. */
  public static final class OfCharacters implements TokenizerProvider {
    @Override
    public String name() {
      return "characters";
    }

    @Override
    public Tokenizer create(String argument) {
      return plain(name(), argument, Characters::new);
    }
  }

  /** {@link Words}. */
  public static final class OfWords implements TokenizerProvider {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public Tokenizer create(String argument) {
      return plain(name(), argument, Words::new);
    }
  }

  /** {@link Whitespace}. */
  public static final class OfWhitespace implements TokenizerProvider {
    @Override
    public String name() {
      return "whitespace";
    }

    @Override
    public Tokenizer create(String argument) {
      return plain(name(), argument, Whitespace::new);
    }
  }

  /** {@link Jamo}. */
  public static final class OfJamo implements TokenizerProvider {
    @Override
    public String name() {
      return "jamo";
    }

    @Override
    public Tokenizer create(String argument) {
      return plain(name(), argument, Jamo::new);
    }
  }

  /** {@link Matches} of a pattern. */
  public static final class OfMatches implements TokenizerProvider {
    @Override
    public String name() {
      return "regex";
    }

    @Override
    public Tokenizer create(String argument) {
      try {
        return new Matches(Pattern.compile(argument));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "[tokenizer] \"" + argument + "\" is not a regular expression: " + e.getDescription(),
            e);
      }
    }
  }

  /** A tokenizer from a Hugging Face file: BPE, byte-level BPE or WordPiece. */
  public static final class OfJson implements TokenizerProvider {
    @Override
    public String name() {
      return "json";
    }

    @Override
    public Tokenizer create(String argument) {
      try {
        return TokenizerJson.read(Path.of(argument));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "[tokenizer] " + argument + " cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
