package dev.unroll.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonErrorsTest {
  @Test
  void settingsAndSourcesOfTheParserAreLeftOut() {
    String source = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
    assertThat(
            JsonErrors.message(
                "Unexpected end-of-input: expected close marker for Object (start marker at "
                    + source
                    + "; line: 1, column: 1])",
                2,
                7))
        .isEqualTo(
            "Unexpected end-of-input: expected close marker for Object, at line 2, column 7");
    assertThat(
            JsonErrors.message(
                "Document nesting depth (101) exceeds the maximum allowed (100, from"
                    + " `StreamReadConstraints.getMaxNestingDepth()`)",
                0,
                3))
        .isEqualTo("Document nesting depth (101) exceeds the maximum allowed (100), at column 3");
    assertThat(
            JsonErrors.message(
                "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not"
                    + " recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
                -1,
                -1))
        .isEqualTo("Unexpected character ('/' (code 47)): maybe a (non-standard) comment?");
    assertThat(JsonErrors.message("Trailing token (`JsonToken.START_OBJECT`) found", 1, 3))
        .isEqualTo("there is content after its end, at line 1, column 3");
    assertThat(JsonErrors.message("Set `A.b` to\u0007 allow it", 1, 0))
        .isEqualTo("it is malformed, at line 1");
    assertThat(JsonErrors.message("Duplicate name \u0007", 0, 0))
        .isEqualTo("Duplicate name \\u0007");
  }
}
