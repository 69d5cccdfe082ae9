package dev.unroll.benchmarks;

import dev.unroll.text.read.Texts;
import dev.unroll.text.tokenize.BpeTraining;
import dev.unroll.text.tokenize.ByteLevelBpe;
import dev.unroll.text.tokenize.TokenizerJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Byte-level BPE of 10 MB of Korean and English, documents of about 4,000 characters, 16,000 tokens
 * learned from a fifth of it. The text is a file or folder that the environment variable
 * UNROLL_BENCH_TEXT names; otherwise words of random letters with Zipfian frequencies.
 */
public final class Encoding {
  private static final int BYTES = 10_000_000;
  private static final int DOCUMENT = 4000;
  private static final int TOKENS = 16_000;
  private static final int WORDS = 60_000;

  private Encoding() {}

  static List<Workload> workloads() {
    return List.of(
        new Workload(
            "bpe-encode",
            Unit.TEXT,
            BYTES,
            () -> {
              List<String> documents = documents();
              ByteLevelBpe bpe = trained(documents);
              return () -> documents.stream().mapToInt(d -> bpe.encode(d).length).sum();
            }));
  }

  /** Returns the documents, which are the same in each process. */
  public static List<String> documents() {
    String file = System.getenv("UNROLL_BENCH_TEXT");
    Supplier<String> next;
    if (file == null) {
      next = made();
    } else {
      try {
        String text = Texts.read(Path.of(file));
        int[] at = {0};
        next =
            () -> {
              int from = at[0] >= text.length() ? 0 : at[0];
              at[0] = Math.min(text.length(), from + DOCUMENT);
              return text.substring(from, at[0]);
            };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    List<String> documents = new ArrayList<>();
    for (int bytes = 0; bytes < BYTES; ) {
      documents.add(next.get());
      bytes += documents.getLast().getBytes(StandardCharsets.UTF_8).length;
    }
    return documents;
  }

  private static Supplier<String> made() {
    Random random = new Random(1);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      boolean korean = i % 2 == 0;
      int n = 1 + random.nextInt(korean ? 5 : 9);
      for (int k = 0; k < n; k++) {
        word.append((char) (korean ? 0xAC00 + random.nextInt(800) * 14 : 'a' + random.nextInt(26)));
      }
      words.add(word.append(random.nextInt(12) == 0 ? "." : "").toString());
    }
    return () -> {
      StringBuilder document = new StringBuilder();
      while (document.length() < DOCUMENT) {
        int rank = (int) Math.exp(random.nextDouble() * Math.log(WORDS)) - 1;
        document.append(words.get(rank)).append(' ');
      }
      return document.toString();
    };
  }

  private static ByteLevelBpe trained(List<String> documents) {
    return new BpeTraining(TOKENS, 2).byteLevel(documents.subList(0, documents.size() / 5));
  }

  /** Writes the tokenizer to a file for another library. */
  public static Path file(List<String> documents) {
    try {
      Path file = Files.createTempFile("tokenizer", ".json");
      TokenizerJson.write(file, trained(documents));
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
