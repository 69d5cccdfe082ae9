package dev.unroll.text.tokenize;

import dev.unroll.files.AtomicFile;
import dev.unroll.text.io.StrictJson;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes subword tokenizers in the format of Hugging Face's {@code tokenizer.json}: the
 * models BPE (also byte-level) and WordPiece, with their usual normalizers and pre-tokenizers.
 * Every field is read; unknown fields are rejected, as are {@code truncation} and {@code padding}
 * unless they are null.
 *
 * <p>The tokens that the {@code post_processor} adds around a text, such as {@code [CLS]} and
 * {@code [SEP]}, are added to each encoded text; {@link Subwords#withoutTemplate} turns this off.
 * The template for pairs is retained for writing.
 *
 * <p>Added tokens are never split. Special ones have ids, but are treated as ordinary text where
 * they occur in a text, as with {@code encode_special_tokens} in Hugging Face's library, so that
 * untrusted text cannot contain them.
 *
 * {@snippet class="snippets.TokenizeTest" region="TokenizerJson"}
 */
public final class TokenizerJson {
  private TokenizerJson() {}

  /**
   * Reads a tokenizer, with its normalizer if it has one.
   *
   * @throws IOException if it cannot be read, has an unsupported part, or has more values than
   *     1/256 of the heap size in bytes; the message names the file and the part
   */
  public static Subwords read(Path file) throws IOException {
    return read(file, StrictJson.MOST_VALUES);
  }

  /**
   * Reads a tokenizer, with its normalizer if it has one.
   *
   * @param values the maximum number of names, strings, numbers and brackets in total; each takes
   *     up to 200 bytes while reading
   * @throws IOException if it cannot be read, has an unsupported part, or has more values; the
   *     message names the file and the part
   */
  public static Subwords read(Path file, long values) throws IOException {
    return StrictJson.read(file, values, JsonReader::read);
  }

  /**
   * Returns the content of a file, as {@link #write} writes it.
   *
   * @throws IllegalArgumentException if its word tokenizer has no equivalent in the format
   */
  public static String text(Subwords tokenizer) {
    return JsonWriter.of(tokenizer).toString();
  }

  /**
   * Returns the tokenizer of the content of a file: see {@link #text}.
   *
   * @throws IllegalArgumentException if it is not JSON, or has an unsupported part
   */
  public static Subwords parse(String text) {
    return StrictJson.parse(text, JsonReader::read);
  }

  /**
   * Writes a tokenizer atomically.
   *
   * @throws IllegalArgumentException if its word tokenizer has no equivalent in the format
   */
  public static void write(Path file, Subwords tokenizer) throws IOException {
    byte[] bytes =
        JsonMapper.shared()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(JsonWriter.of(tokenizer));
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
