package dev.unroll.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileErrorsTest {
  @Test
  void whatCannotBeSeenIsEscaped() {
    assertThat(FileErrors.quoted("a \u001b[2J\n\u202e\ud800\ud83d\ude00\u00e9\u2028"))
        .isEqualTo("\"a \\u001b[2J\\u000a\\u202e\\ud800\ud83d\ude00\u00e9\\u2028\"");
    assertThat(FileErrors.escape("\udb40\udc01")).isEqualTo("\\udb40\\udc01");
    assertThat(FileErrors.escape("")).isEmpty();
  }

  @Test
  void whatIsLongIsCut() {
    assertThat(FileErrors.quoted("x".repeat(100))).hasSize(102);
    assertThat(FileErrors.quoted("x".repeat(101))).isEqualTo('"' + "x".repeat(100) + "...\"");
    assertThat(FileErrors.escape("x".repeat(300))).hasSize(300).doesNotContain(".");
    assertThat(FileErrors.escape("x".repeat(1 << 20))).isEqualTo("x".repeat(300) + "...");
  }
}
