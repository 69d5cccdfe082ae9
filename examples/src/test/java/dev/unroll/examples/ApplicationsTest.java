package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every application runs small, draws what it says, and says what is wrong with its input. */
class ApplicationsTest {
  private static final Set<String> LISTS = Set.of("--horizons", "--lengths", "--windows");

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
    "sentiment, --embedding",
    "spam, --batch",
    "languages, --hidden",
    "names, --size",
    "forecast, --horizons",
    "alert, --smooth",
    "caption, --hidden",
    "translate, --beam",
    "generate, --length",
    "chat, --steps",
    "video, --steps",
    "play, --lengths",
    "tag, --epochs",
    "train, --layers",
    "order, --epochs",
    "vanish, --hidden",
    "memory, --length",
    "tbptt, --windows",
    "variants, --hidden",
    "check-resume, --kills"
  })
  void countsAreAtLeastOne(String command, String option) {
    for (String given : List.of("0", "-3", "many", "3000000000")) {
      Run.of(command, option, given)
          .isRefused(
              "Invalid value for option '"
                  + option
                  + (LISTS.contains(option) ? "' (N)" : "'")
                  + ": expected a whole number of at least 1, not "
                  + given);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chat --hidden 3, 'each direction of the encoder has half of the hidden size: expected an even number, not 3'",
    "translate --hidden 3, 'each direction of the encoder has half of the hidden size: expected an even number, not 3'",
    "memory adding --length 29, 'expected a length of at least 30, not 29'",
    "memory order --length 29, 'expected a length of at least 30, not 29'",
    "variants --length 29, 'expected a length of at least 30, not 29'",
    "vanish --length 1, '--length must be at least 2, not 1'"
  })
  void sizesThatDoNotFitAreRefused(String command, String message) {
    Run.of(command.split(" ", -1)).isRefused(message);
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
