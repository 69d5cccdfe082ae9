package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The phrases that the glossary of CONTRIBUTING rules out occur neither in the comments and string
 * literals of main sources nor in the documentation.
 */
class LanguageTest {
  private static final Path GLOSSARY = Modules.ROOT.resolve("CONTRIBUTING.md");

  private static final Pattern TABLE = Pattern.compile("(?s)## Language\n.*?(?=\n## |\\z)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern COMMENT_OR_STRING =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\n]*|'\\\\?.'|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"");

  /** What may separate words: white space, a comment's margin, the joint of two literals. */
  private static final String GAP = "(?:\\s|\\*|//|\"\\s*\\+\\s*\")+";

  @Test
  void ruledOutPhrasesDoNotOccur() throws IOException {
    Pattern phrases = phrases();
    Map<Path, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.find(Modules.ROOT, 20, (p, a) -> isChecked(p))) {
      files.forEach(p -> found.put(Modules.ROOT.relativize(p), hits(p, phrases)));
    }
    assertThat(found).hasSizeGreaterThan(100);
    found.values().removeIf(List::isEmpty);
    assertThat(found).as("phrases that the glossary of CONTRIBUTING.md rules out").isEmpty();
  }

  private static Pattern phrases() throws IOException {
    return Pattern.compile(
        glossary()
            .lines()
            .filter(
                line -> line.startsWith("| ") && line.chars().filter(c -> c == '|').count() == 4)
            .map(line -> line.split("\\|")[3])
            .flatMap(ruledOut -> CODE.matcher(ruledOut).results().map(m -> m.group(1)))
            .map(LanguageTest::pattern)
            .collect(Collectors.joining("|")),
        Pattern.CASE_INSENSITIVE);
  }

  private static String glossary() throws IOException {
    return TABLE.matcher(Files.readString(GLOSSARY)).results().findFirst().orElseThrow().group();
  }

  /** Returns a pattern of whole words; Korean particles follow words without a space. */
  private static String pattern(String phrase) {
    String words =
        Stream.of(phrase.split(" ")).map(Pattern::quote).collect(Collectors.joining(GAP));
    return phrase.chars().allMatch(c -> c < 128) ? "\\b" + words + "\\b" : words;
  }

  private static boolean isChecked(Path p) {
    String path = Modules.ROOT.relativize(p).toString().replace('\\', '/');
    return path.matches("(?!checks/)(?:[^/]+/)+src/main/java/.*\\.java")
        || path.matches("(?:docs/.*|README|CONTRIBUTING)\\.md");
  }

  private static List<String> hits(Path p, Pattern phrases) {
    String text;
    try {
      text = Files.readString(p);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!p.toString().endsWith(".java")) {
      return hits(TABLE.matcher(text).replaceAll(m -> "\n".repeat(lines(m.group()))), 1, phrases);
    }
    return COMMENT_OR_STRING
        .matcher(text)
        .results()
        .flatMap(m -> hits(m.group(), 1 + lines(text.substring(0, m.start())), phrases).stream())
        .toList();
  }

  private static List<String> hits(String text, int line, Pattern phrases) {
    return phrases
        .matcher(text)
        .results()
        .map((MatchResult m) ->
            "line " + (line + lines(text.substring(0, m.start()))) + ": " + m.group())
        .toList();
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
