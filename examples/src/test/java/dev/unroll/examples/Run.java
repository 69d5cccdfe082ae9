package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command printed, and how it ended. */
public record Run(int status, String out, String err) {

  /** Runs a command as a user would. */
  public static Run of(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream o = new ByteArrayOutputStream();
    ByteArrayOutputStream e = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(o, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(e, true, StandardCharsets.UTF_8));
      int status = Main.run(args);
      return new Run(
          status, o.toString(StandardCharsets.UTF_8), e.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Checks that it ended well, and returns what it printed. */
  public String output() {
    assertThat(status).as(err).isZero();
    return out;
  }

  /** Checks that it said one sentence and nothing else, with status 2. */
  public void isRefused(String message) {
    assertThat(err).isEqualToIgnoringNewLines("unroll: " + message);
    assertThat(status).isEqualTo(2);
  }
}
