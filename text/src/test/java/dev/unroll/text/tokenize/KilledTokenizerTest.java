package dev.unroll.text.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.KilledFileTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that are killed while they write a tokenizer. */
class KilledTokenizerTest extends KilledFileTest {
  private static final int TOKENS = 3000;

  /** Every token ends with n. */
  private static List<String> tokens(long n) {
    List<String> tokens = new ArrayList<>(List.of("[UNK]"));
    for (int i = 0; i < TOKENS; i++) {
      tokens.add("낱말" + i + "-" + n);
    }
    return tokens;
  }

  @Override
  protected String name() {
    return "tokenizer.json";
  }

  @Override
  protected void write(Path file, long n) throws IOException {
    TokenizerJson.write(file, new WordPiece(new Whitespace(), tokens(n)));
  }

  @Override
  protected long read(Path file) throws IOException {
    List<String> tokens = TokenizerJson.read(file).tokens();
    String last = tokens.getLast();
    long n = Long.parseLong(last.substring(last.indexOf('-') + 1));
    assertThat(tokens).isEqualTo(tokens(n));
    return n;
  }
}
