package dev.unroll.benchmarks.peers;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.unroll.benchmarks.Encoding;
import dev.unroll.benchmarks.Library;
import dev.unroll.text.tokenize.Subwords;
import dev.unroll.text.tokenize.TokenizerJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Hugging Face's tokenizers, called natively through DJL, ids only. */
public final class HuggingFace implements Library {
  private static final int CHECKED = 300;

  /** Called by the service loader. */
  public HuggingFace() {}

  @Override
  public String name() {
    return "tokenizers";
  }

  @Override
  public String kernels() {
    return "native, by DJL";
  }

  /** Checks that both libraries return the same ids. */
  private static void check(long tokenizer, Path file, List<String> documents) {
    try {
      Subwords ours = TokenizerJson.read(file);
      for (String d : documents) {
        long encoding = TokenizersLibrary.LIB.encode(tokenizer, d, false);
        long[] theirs = TokenizersLibrary.LIB.getTokenIds(encoding);
        TokenizersLibrary.LIB.deleteEncoding(encoding);
        if (!Arrays.equals(theirs, Arrays.stream(ours.encode(d)).asLongStream().toArray())) {
          throw new IllegalStateException("[bench] the ids of the libraries differ");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    try (HuggingFaceTokenizer _ = HuggingFaceTokenizer.newInstance(file)) { // Loads the native library.
      tokenizer = library.createTokenizerFromString(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    check(tokenizer, file, documents.subList(0, CHECKED));
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
