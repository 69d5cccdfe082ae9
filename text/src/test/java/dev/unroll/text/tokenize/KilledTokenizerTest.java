package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.KilledProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write a tokenizer. */
class KilledTokenizerTest {
  @TempDir Path folder;

  private static final String NAME = "tokenizer.json";
  private static final int TOKENS = 3000;

  /** Every token ends with n. */
  private static List<String> tokens(long n) {
    List<String> tokens = new ArrayList<>(List.of("[UNK]"));
    for (int i = 0; i < TOKENS; i++) {
      tokens.add("낱말" + i + "-" + n);
    }
    return tokens;
  }

  private static void write(Path file, long n) throws IOException {
    TokenizerJson.write(file, new WordPiece(new Whitespace(), tokens(n)));
  }

  private static long read(Path file) throws IOException {
    List<String> tokens = TokenizerJson.read(file).tokens();
    String last = tokens.getLast();
    long n = Long.parseLong(last.substring(last.indexOf('-') + 1));
    assertThat(tokens).isEqualTo(tokens(n));
    return n;
  }

  /** Entry point of the processes. */
  public static void main(String... args) throws Exception {
    Path file = Path.of(args[0]).resolve(NAME);
    KilledProcesses.save(args[1], n -> write(file, n));
  }

  private void kill(int kills) throws Exception {
    Path file = folder.resolve(NAME);
    KilledProcesses.killWriter(
        KilledTokenizerTest.class, file, kills, n -> write(file, n), () -> read(file));
  }

  @Test
  void killsLoseNothing() throws Exception {
    kill(3);
    assertThat(read(folder.resolve(NAME))).isEqualTo(1);
  }

  @Test
  @Tag("slow")
  void manyKillsLoseNothing() throws Exception {
    kill(200);
    assertThat(read(folder.resolve(NAME))).isEqualTo(1);
  }
}
