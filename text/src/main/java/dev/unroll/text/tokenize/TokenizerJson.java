package dev.unroll.text.tokenize;

import dev.unroll.files.AtomicFile;
import dev.unroll.text.io.StrictJson;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * Subword tokenizers in the form of Hugging Face's {@code tokenizer.json}: models BPE (also over
 * bytes) and WordPiece, with the normalizers and word finders that they are usually written with.
 * Every field is read, and one that is not known is refused, as are {@code truncation} and {@code
 * padding} unless they are null.
 *
 * <p>The tokens that the {@code post_processor} puts around a text, such as {@code [CLS]} and
 * {@code [SEP]}, are put around each text that is encoded; {@link Subwords#withoutTemplate} leaves
 * them out. What it says of pairs of texts is kept for writing.
 *
 * <p>Added tokens are never cut. Those that are special have their numbers, but in a text they are
 * text, as with {@code encode_special_tokens} there: a text that somebody else wrote cannot contain
 * them.
 */
public final class TokenizerJson {
  private TokenizerJson() {}

  /**
   * Reads a tokenizer, with its normalizer if it has one.
   *
   * @throws IOException if it cannot be read, has a part that is not known, or has more values than
   *     a 256th of the heap has bytes; the message names the file and the part
   */
  public static Subwords read(Path file) throws IOException {
    return read(file, StrictJson.MOST_VALUES);
  }

  /**
   * Reads a tokenizer, with its normalizer if it has one.
   *
   * @param values the most names, texts, numbers and brackets that the file may have, counted
   *     together; each takes up to 200 bytes while it is read
   * @throws IOException if it cannot be read, has a part that is not known, or has more values; the
   *     message names the file and the part
   */
  public static Subwords read(Path file, long values) throws IOException {
    return StrictJson.read(file, values, JsonReader::read);
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
