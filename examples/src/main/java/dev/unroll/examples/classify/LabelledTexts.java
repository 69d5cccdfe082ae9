package dev.unroll.examples.classify;

import dev.unroll.data.Split;
import dev.unroll.text.read.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads labeled texts. Error messages name the file and line. */
public final class LabelledTexts {
  private static final int FEWEST = 20;
  private static final String REVIEWS = "id\tdocument\tlabel";

  private LabelledTexts() {}

  /** Reads tab-separated lines of a number, a review and 0 or 1, after a header. */
  public static List<Labelled> reviews(Path file) throws IOException {
    if (!lines(file).getFirst().equals(REVIEWS)) {
      throw new IOException(file + ":1: expected the tab-separated header id, document, label");
    }
    return read(
        file,
        1,
        "a number, a text and 0 or 1, separated by tabs",
        line -> {
          String[] fields = line.split("\t", -1);
          boolean wrong = fields.length != 3 || !fields[2].matches("[01]");
          return wrong
              ? null
              : new Labelled(fields[1].strip(), fields[2].equals("1") ? "content" : "not");
        });
  }

  /** Reads tab-separated lines of "ham" or "spam" and a message. */
  public static List<Labelled> messages(Path file) throws IOException {
    return read(
        file,
        0,
        "ham or spam and a message, separated by a tab",
        line -> {
          String[] fields = line.split("\t", 2);
          boolean wrong = fields.length != 2 || !fields[0].matches("ham|spam");
          return wrong ? null : new Labelled(fields[1].strip(), fields[0]);
        });
  }

  private static List<Labelled> read(
      Path file, int from, String expected, Function<String, @Nullable Labelled> parser)
      throws IOException {
    List<Labelled> texts = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = from; i < lines.size(); i++) {
      Labelled text = parser.apply(lines.get(i));
      if (text == null) {
        throw new IOException(file + ":" + (i + 1) + ": expected " + expected);
      }
      texts.add(text);
    }
    return enough(file, texts);
  }

  /**
   * Reads a folder of files named after their class, with a text per line; duplicates are dropped.
   */
  public static List<Labelled> folder(Path folder) throws IOException {
    Set<Labelled> texts = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        String label = file.getFileName().toString().replace(".txt", "");
        for (String line : lines(file)) {
          texts.add(new Labelled(line.replace('\u00a0', ' ').strip(), label));
        }
      }
    }
    texts.removeIf(t -> t.text().isEmpty());
    return enough(folder, List.copyOf(texts));
  }

  /**
   * Returns a split, and names the file in an error.
   *
   * @param data the file or folder, or null if the texts were generated
   */
  public static Split<Labelled> named(@Nullable Path data, Supplier<Split<Labelled>> split)
      throws IOException {
    try {
      return split.get();
    } catch (IllegalArgumentException e) {
      if (data == null) {
        throw e;
      }
      throw new IOException(data + ": " + e.getMessage(), e);
    }
  }

  private static List<String> lines(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, got a folder");
    }
    return List.of(Texts.read(file).split("\r?\n"));
  }

  private static List<Labelled> enough(Path path, List<Labelled> texts) throws IOException {
    if (texts.size() < FEWEST || texts.stream().map(Labelled::label).distinct().count() < 2) {
      throw new IOException(
          path + ": has " + texts.size() + " texts, expected at least 20, of at least 2 classes");
    }
    return texts;
  }
}
