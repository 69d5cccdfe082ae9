package dev.unroll.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
        Arguments.of("tbptt --steps 2 --hidden 4 --windows 3,5", "ms/update", "t.svg"),
        Arguments.of("vanish --length 8 --hidden 4", "norm of the gradient", "v.svg"),
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
                  + ": expected a whole number from 1 to "
                  + Count.most(option)
                  + ", not "
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
    "sentiment, ':1: expected the tab-separated header id, document, label'",
    "spam, ':1: expected ham or spam and a message, separated by a tab'",
    "forecast, ':1: expected a time and a value, got 1 fields between commas; use --separator to specify the separator'",
    "alert, ':1: expected a time and a value, got 1 fields between commas; use --separator to specify the separator'",
    "chat, ':2: there is no column \"Q\"; there are [x]'",
    "tag, ': has 0 sentences, expected at least 20'",
    "translate, ':1: expected two sentences, separated by a tab'"
  })
  void brokenFilesAreRefused(String command, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("broken"), "x\ny\n");
    Run.of(command, "--data", file.toString()).isRefused(file + message);
    Path none = folder.resolve("none");
    Run.of(command, "--data", none.toString())
        .isRefused(none + ": there is no such file or folder");
  }

  @ParameterizedTest
  @CsvSource({"sentiment", "spam", "forecast", "alert", "chat", "tag", "translate"})
  void aFolderInThePlaceOfAFileIsNamed(String command) {
    assertThat(Run.of(command, "--data", folder.toString()).err())
        .startsWith("unroll: " + folder + ": ")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"languages", "names"})
  void aFileInThePlaceOfAFolderIsNamed(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "x");
    Run.of(command, "--data", file.toString()).isRefused(file + ": is not a folder");
  }

  /** The timeout leaves no room for a training with the defaults. */
  @ParameterizedTest
  @CsvSource({"sentiment", "forecast", "alert", "tbptt", "translate", "vanish"})
  @Timeout(20)
  void aPictureThatCannotBeWrittenIsRefusedBeforeTheWork(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "x");
    Run run = Run.of(command, "--out", file.resolve("a/b").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("unroll: " + file.resolve("a/b") + ": ")
        .contains("cannot be ", ": " + file + " is not a folder")
        .hasLineCount(1);
    if (!command.equals("translate")) {
      Run.of(command, "--out", folder.toString())
          .isRefused(folder + ": cannot be written: it is a folder");
    }
  }

  @Test
  @Timeout(60)
  void translationsThatCannotBeHeldOutAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("pairs"), "a\tsame\n".repeat(200));
    assertThat(Run.of("translate", "--data", file.toString()).err())
        .startsWith(
            "unroll: "
                + file
                + ": expected translations to learn and others to hold out; by their checksums ")
        .contains(" of 1 different ones are held out")
        .hasLineCount(1);
  }

  @Test
  @Timeout(60)
  void aLongReviewIsReadAtItsBeginning() throws IOException {
    StringBuilder reviews = new StringBuilder("id\tdocument\tlabel\n");
    for (int i = 0; i < 40; i++) {
      String text = i == 38 ? "좋다".repeat(100_000) : "좋다 " + i;
      reviews.append(i).append('\t').append(text).append('\t').append(i % 2).append('\n');
    }
    Path file = Files.writeString(folder.resolve("reviews"), reviews);
    Path page = folder.resolve("page.html");
    String options = " --epochs 1 --hidden 2 --embedding 2 --batch 4 --out " + page;
    assertThat(Run.of(("sentiment --data " + file + options).split(" ", -1)).output())
        .contains("of 1 long texts only the first 2,000 characters are read");
    assertThat(Files.readString(page).split("<span", -1)).hasSizeBetween(301, 350);
  }

  @Test
  void reviewsThatAreSortedAreNamed() throws IOException {
    StringBuilder reviews = new StringBuilder("id\tdocument\tlabel\n");
    for (int i = 0; i < 40; i++) {
      reviews.append(i).append("\t좋다\t").append(i / 20).append('\n');
    }
    Path file = Files.writeString(folder.resolve("reviews"), reviews);
    assertThat(Run.of("sentiment", "--data", file.toString()).err())
        .startsWith("unroll: " + file + ": [split] expected the last 4 items")
        .hasLineCount(1);
  }

  @Test
  void labelsThatAreNoTimesAreNamed() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines.append(1000 + i).append(',').append(i % 24).append('\n');
    }
    Path data = Files.writeString(folder.resolve("a.csv"), lines);
    Path labels = Files.writeString(folder.resolve("l.json"), "{\"x/a.csv\": [[{}, 2]]}");
    String[] command = {
      "alert", "--data", data.toString(), "--labels", labels.toString(), "--out", labels + ".svg"
    };
    Run.of(command).isRefused(labels + ": expected two times for each fault, not [{},2]");
    Files.writeString(labels, "{\n\n[");
    Run.of(command).isRefused(labels + ":3: is not JSON");
    Files.delete(labels);
    Files.createDirectory(labels);
    assertThat(Run.of(command).err()).startsWith("unroll: " + labels + ": cannot be read: ");
  }

  @ParameterizedTest
  @CsvSource({
    "forecast --season 2147483647, --season, 1000000",
    "spam --hidden 20000, --hidden, 2048",
    "train --layers 1000000000, --layers, 100",
    "names --size 20000, --size, 2048"
  })
  @Timeout(20)
  void sizesBeyondUseAreRefusedAtOnce(String command, String option, int most) {
    String given = command.substring(command.lastIndexOf(' ') + 1);
    Run.of(command.split(" ", -1))
        .isRefused(
            "Invalid value for option '%s': expected a whole number from 1 to %d, not %s"
                .formatted(option, most, given));
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
        .isRefused("these windows, seasons and horizons require 10024 values, not 2000");
  }

  @Test
  void valuesThatAreNoNumbersAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("series.csv"), "t,v\n1,2\n2,NaN\n");
    Run.of("forecast", "--data", file.toString())
        .isRefused(file + ":3: expected a number with a decimal point, got \"NaN\"");
    Files.writeString(file, "t,v\n1,2\n");
    Run.of("alert", "--data", file.toString())
        .isRefused(file + ": has 1 values, expected at least 1000");
  }
}
