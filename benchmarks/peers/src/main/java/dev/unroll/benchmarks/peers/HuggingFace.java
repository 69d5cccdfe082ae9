package dev.unroll.benchmarks.peers;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.unroll.benchmarks.Encoding;
import dev.unroll.benchmarks.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Hugging Face's tokenizers: its native calls by DJL, the numbers alone. */
public final class HuggingFace implements Library {
  /** For the service loader. */
  public HuggingFace() {}

  @Override
  public String name() {
    return "tokenizers";
  }

  @Override
  public Set<String> workloads() {
    return Set.of("bpe-encode");
  }

  @Override
  public Supplier<Object> prepare(String workload, int threads) {
    List<String> documents = Encoding.documents();
    Path file = Encoding.file(documents);
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long tokenizer;
    try (HuggingFaceTokenizer _ = HuggingFaceTokenizer.newInstance(file)) { // It finds the library.
      tokenizer = library.createTokenizerFromString(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return () -> {
      int sum = 0;
      for (String d : documents) {
        long encoding = library.encode(tokenizer, d, false);
        sum += library.getTokenIds(encoding).length;
        library.deleteEncoding(encoding);
      }
      return sum;
    };
  }
}
