package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.Printed;

/** What a command printed, and how it ended. */
public record Run(int status, String out, String err) {

  /** Runs a command as a user would. */
  public static Run of(String... args) {
    int[] status = new int[1];
    String[] out = new String[1];
    String err = Printed.toError(() -> out[0] = Printed.toOutput(() -> status[0] = Main.run(args)));
    return new Run(status[0], out[0], err);
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
