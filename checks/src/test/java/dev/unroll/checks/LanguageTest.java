package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * literals of main sources nor in the documentation. Files that are not converted yet are listed in
 * {@code language.txt}; the list may only shrink.
 */
class LanguageTest {
  private static final Path GLOSSARY = Modules.ROOT.resolve("CONTRIBUTING.md");
  private static final Path UNCONVERTED = Path.of("src", "test", "resources", "language.txt");

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
    Map<String, List<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.find(Modules.ROOT, 20, (p, a) -> a.isRegularFile())) {
      for (Path p : files.filter(LanguageTest::isChecked).sorted().toList()) {
        List<String> hits = hits(p, phrases);
        if (!hits.isEmpty()) {
          found.computeIfAbsent(name(p), n -> new ArrayList<>()).addAll(hits);
        }
      }
    }
    List<String> unconverted = Files.readAllLines(UNCONVERTED);
    Map<String, List<String>> others = new TreeMap<>(found);
    others.keySet().removeAll(unconverted);
    assertThat(others).as("phrases that the glossary of CONTRIBUTING.md rules out").isEmpty();
    assertThat(found.keySet())
        .as("files of %s with such phrases; remove converted files from the list", UNCONVERTED)
        .containsAll(unconverted);
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

  /** Returns the module and the name of a file, which may move from package to package. */
  private static String name(Path p) {
    Path path = Modules.ROOT.relativize(p);
    return path.toString().endsWith(".md")
        ? path.toString().replace('\\', '/')
        : path.getName(0) + "/" + p.getFileName();
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
