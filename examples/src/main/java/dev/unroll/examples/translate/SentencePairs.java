package dev.unroll.examples.translate;

import dev.unroll.tensor.RandomKey;
import dev.unroll.text.read.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sentences and their translations, from a file. */
final class SentencePairs implements Notation {
  private static final int FEWEST = 100;

  private final Path file;
  private final List<Pair> pairs = new ArrayList<>();
  private final Map<Boolean, List<Pair>> parts;

  /**
   * Reads tab-separated lines of a sentence and its translation; further fields are ignored.
   *
   * @throws IOException if a line has no tab, there are fewer than 100 lines, or all translations
   *     would be in one part; the message names the file
   */
  SentencePairs(Path file) throws IOException {
    this.file = file;
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file, got a folder");
    }
    int line = 0;
    for (String l : Texts.read(file).lines().toList()) {
      line++;
      String[] fields = l.split("\t", 3);
      if (fields.length < 2 || fields[0].isBlank() || fields[1].isBlank()) {
        throw new IOException(file + ":" + line + ": expected two sentences, separated by a tab");
      }
      pairs.add(new Pair(fields[0].strip(), fields[1].strip()));
    }
    if (pairs.size() < FEWEST) {
      throw new IOException(file + ": has " + pairs.size() + " pairs, expected at least 100");
    }
    parts = pairs.stream().collect(Collectors.partitioningBy(Pair::isHeldOut));
    for (boolean heldOut : new boolean[] {true, false}) {
      if (part(heldOut).isEmpty()) {
        throw new IOException(
            file
                + ": expected translations to learn and others to hold out; by their checksums "
                + (heldOut ? "none" : "all")
                + " of "
                + pairs.stream().map(Pair::target).distinct().count()
                + " different ones are held out");
      }
    }
  }

  private List<Pair> part(boolean heldOut) {
    return Objects.requireNonNull(parts.get(heldOut));
  }

  @Override
  public String sentence() {
    return file + ": " + pairs.size() + " sentences and their translations";
  }

  @Override
  public Pair draw(RandomKey key) {
    return key.pick(pairs, 0);
  }

  /** Draws directly from the part: rejection sampling might take forever if it is small. */
  @Override
  public List<Pair> pairs(RandomKey key, int n, boolean heldOut) {
    return IntStream.range(0, n).mapToObj(i -> key.fold(i).pick(part(heldOut), 0)).toList();
  }

  @Override
  public List<String> sources() {
    return pairs.stream().map(Pair::source).toList();
  }

  @Override
  public List<String> targets() {
    return pairs.stream().map(Pair::target).toList();
  }

  @Override
  public int longest() {
    return pairs.stream().mapToInt(p -> p.target().length()).max().orElseThrow();
  }
}
