package dev.unroll.text.builtin;

import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerFactory;
import dev.unroll.text.TokenizerProvider;
import dev.unroll.text.tokenize.Characters;
import dev.unroll.text.tokenize.Jamo;
import dev.unroll.text.tokenize.Matches;
import dev.unroll.text.tokenize.TokenizerJson;
import dev.unroll.text.tokenize.Whitespace;
import dev.unroll.text.tokenize.Words;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The tokenizers of this module by name: a new one is one line here. */
public final class BuiltInTokenizers implements TokenizerProvider {
  @Override
  public Map<String, TokenizerFactory> byName() {
    Map<String, TokenizerFactory> tokenizers = new LinkedHashMap<>();
    tokenizers.put("characters", plain("characters", Characters::new));
    tokenizers.put("words", plain("words", Words::new));
    tokenizers.put("whitespace", plain("whitespace", Whitespace::new));
    tokenizers.put("whitespace-lines", plain("whitespace-lines", Whitespace::withLineEnds));
    tokenizers.put("jamo", plain("jamo", Jamo::new));
    tokenizers.put("regex", BuiltInTokenizers::regex);
    tokenizers.put("json", BuiltInTokenizers::json);
    return tokenizers;
  }

  /** Returns the factory of a tokenizer without an argument. */
  private static TokenizerFactory plain(String name, Supplier<Tokenizer> tokenizer) {
    return argument -> {
      if (!argument.isEmpty()) {
        throw new IllegalArgumentException(
            "[tokenizer] " + name + " takes no argument, given \"" + argument + "\"");
      }
      return tokenizer.get();
    };
  }

  private static void check(boolean given, String expected) {
    if (!given) {
      throw new IllegalArgumentException("[tokenizer] expected " + expected + ", got none");
    }
  }

  private static Tokenizer regex(String pattern) {
    check(!pattern.isEmpty(), "a regular expression of the tokens after \"regex:\"");
    try {
      return new Matches(Pattern.compile(pattern));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "[tokenizer] \"" + pattern + "\" is not a regular expression: " + e.getDescription(), e);
    }
  }

  /** A tokenizer from a Hugging Face file: BPE, byte-level BPE or WordPiece. */
  private static Tokenizer json(String path) {
    check(!path.isEmpty(), "the path of a tokenizer.json after \"json:\"");
    try {
      return TokenizerJson.read(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "[tokenizer] " + path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
