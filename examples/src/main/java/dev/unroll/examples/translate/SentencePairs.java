package dev.unroll.examples.translate;

import dev.unroll.tensor.RandomKey;
import dev.unroll.text.read.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sentences and their translations, from a file. */
final class SentencePairs implements Notation {
  private static final int FEWEST = 100;

  private final Path file;
  private final List<Pair> pairs = new ArrayList<>();

  /**
   * Reads lines of a sentence and its translation, between tabs; what follows is not read.
   *
   * @throws IOException if a line has no tab, or there are fewer than 100; the message names it
   */
  SentencePairs(Path file) throws IOException {
    this.file = file;
    int line = 0;
    for (String l : Texts.read(file).lines().toList()) {
      line++;
      String[] fields = l.split("\t", 3);
      if (fields.length < 2 || fields[0].isBlank() || fields[1].isBlank()) {
        throw new IOException(file + ":" + line + ": expected two sentences, between tabs");
      }
      pairs.add(new Pair(fields[0].strip(), fields[1].strip()));
    }
    if (pairs.size() < FEWEST) {
      throw new IOException(file + ": has " + pairs.size() + " pairs, expected at least 100");
    }
  }

  @Override
  public String sentence() {
    return file + ": " + pairs.size() + " sentences and their translations";
  }

  @Override
  public Pair draw(RandomKey key) {
    return pairs.get((int) (key.unit(0) * pairs.size()));
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
