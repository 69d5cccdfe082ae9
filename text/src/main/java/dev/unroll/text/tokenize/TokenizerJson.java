package dev.unroll.text.tokenize;

import dev.unroll.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Subword tokenizers in the form of Hugging Face's {@code tokenizer.json}: models BPE (also over
 * bytes) and WordPiece, with the normalizers and word finders that they are usually written with.
 * What is put around a text ({@code post_processor}), cut off or filled up is no part of a
 * tokenizer here and left out; any other part that is not known is refused. Special tokens have
 * their numbers, but in a text they are text.
 */
public final class TokenizerJson {
  private TokenizerJson() {}

  /**
   * Reads a tokenizer, with its normalizer if it has one.
   *
   * @throws IOException if it cannot be read, or has a part that is not known; the message names
   *     the file and the part
   */
  public static Subwords read(Path file) throws IOException {
    try {
      return new JsonReader(JsonMapper.shared().readTree(Files.readAllBytes(file))).tokenizer();
    } catch (JacksonException e) {
      throw new IOException(file + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a tokenizer. The file appears whole or not at all.
   *
   * @throws IllegalArgumentException if it finds its words in a way that the form does not know
   */
  public static void write(Path file, Subwords tokenizer) throws IOException {
    byte[] bytes =
        JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(JsonWriter.of(tokenizer));
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
