package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every application runs small, draws what it says, and says what is wrong with its input. */
class ApplicationsTest {
  @TempDir Path folder;

  static Stream<Arguments> small() {
    return Stream.of(
        Arguments.of("sentiment --epochs 1 --hidden 4 --embedding 4", "this model", "s.html"),
        Arguments.of("spam --epochs 1 --hidden 4 --embedding 4", "logistic regression", ""),
        Arguments.of("languages --epochs 1 --hidden 4 --embedding 4", "naive Bayes", ""),
        Arguments.of("forecast --steps 2 --hidden 4", "AR(12)", "f.svg"),
        Arguments.of("alert --steps 2 --hidden 4 --window 24", "moving z-score", "a.svg"),
        Arguments.of("caption --steps 2 --hidden 4", "BLEU", ""),
        Arguments.of("chat --steps 2 --hidden 4", "distinct-2", ""),
        Arguments.of("video --steps 2 --hidden 4", "from single frames", ""),
        Arguments.of("play --steps 2 --hidden 4 --lengths 2", "corridor", ""),
        Arguments.of("tag --epochs 1 --hidden 4", "by the characters around", ""),
        Arguments.of("tbptt --steps 2 --hidden 4 --windows 3,5", "MB kept", "t.svg"),
        Arguments.of("translate --task numbers --steps 2 --hidden 4", "numbers-bahdanau", "."),
        Arguments.of(
            "names --epochs 1 --hidden 4 --embedding 4 --steps 2 --size 4 --names 2",
            "are novel",
            ""));
  }

  @ParameterizedTest
  @MethodSource("small")
  void eachRunsAndComparesItself(String command, String says, String picture) {
    Path drawn = folder.resolve(picture);
    String where = picture.isEmpty() ? "" : " --out " + drawn;
    assertThat(Run.of((command + where).split(" ", -1)).output()).contains(says);
    if (!picture.isEmpty() && !picture.equals(".")) {
      assertThat(drawn).content().contains(picture.endsWith("svg") ? "<svg" : "<!DOCTYPE html>");
    }
  }

  @Test
  void theListNamesEachWithALine() {
    String list = Run.of("list").output();
    assertThat(list.lines()).hasSizeGreaterThan(20).allMatch(line -> line.length() <= 80);
    for (Arguments each : small().toList()) {
      String name = ((String) each.get()[0]).split(" ", 2)[0];
      assertThat(list).containsPattern("(?m)^  " + name + " +\\w");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sentiment, '--epochs, --hidden, --embedding and --batch must be at least 1'",
    "spam, '--epochs, --hidden, --embedding and --batch must be at least 1'",
    "languages, '--epochs, --hidden, --embedding and --batch must be at least 1'",
    "names, '--epochs, --hidden, --embedding and --batch must be at least 1'",
    "forecast, '--horizons, --season, --window, --hidden and --steps must be at least 1'",
    "caption, '--hidden and --steps must be at least 1'",
    "chat, '--hidden must be even and at least 2, --steps at least 1'",
    "video, '--hidden and --steps must be at least 1'",
    "play, '--lengths, --hidden and --steps must be at least 1'",
    "tag, '--hidden and --epochs must be at least 1'",
    "tbptt, '--windows, --delay and --hidden must be at least 1, --steps at least 2'",
    "alert, '--window, --smooth, --hidden and --steps must be at least 1'"
  })
  void sizesAreRefused(String command, String message) {
    Run.of(command, "--hidden", "0").isRefused(message);
  }

  @ParameterizedTest
  @CsvSource({
    "sentiment, ':1: expected the header id, document, label, between tabs'",
    "spam, ':1: expected ham or spam and a message, between tabs'",
    "forecast, ':2: there is no field 1, only 1'",
    "alert, ':2: there is no field 1, only 1'",
    "chat, ':2: there is no column \"Q\"; there are [x]'",
    "tag, ': has 0 sentences, expected at least 20'",
    "translate, ':1: expected two sentences, between tabs'"
  })
  void brokenFilesAreRefused(String command, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("broken"), "x\ny\n");
    Run.of(command, "--data", file.toString()).isRefused(file + message);
    Path none = folder.resolve("none");
    Run.of(command, "--data", none.toString())
        .isRefused(none + ": there is no such file or folder");
  }

  @ParameterizedTest
  @CsvSource({"languages", "names"})
  void foldersWithoutNamesAreRefused(String command) {
    Run.of(command, "--data", folder.toString())
        .isRefused(folder + ": has 0 texts, expected at least 20, of at least 2 classes");
  }

  @Test
  void seriesThatAreTooShortAreRefused() {
    Run.of("forecast", "--season", "5000")
        .isRefused("such windows, seasons and horizons need 10024 values, not 2000");
  }

  @Test
  void valuesThatAreNoNumbersAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("series.csv"), "t,v\n1,2\n2,NaN\n");
    Run.of("forecast", "--data", file.toString())
        .isRefused(file + ":3: expected a number, not \"NaN\"");
    Files.writeString(file, "t,v\n1,2\n");
    Run.of("alert", "--data", file.toString())
        .isRefused(file + ": has 1 values, expected at least 1000");
  }
}
