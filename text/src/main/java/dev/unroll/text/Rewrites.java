package dev.unroll.text;

import java.util.List;
import java.util.stream.Stream;

/**
 * Normalizers that are applied one after another.
 *
 * @param steps two at least
 */
record Rewrites(List<Normalizer> steps) implements Normalizer {
  Rewrites {
    steps = steps.stream().flatMap(n -> n.steps().stream()).toList();
  }

  static Rewrites of(Normalizer first, Normalizer next) {
    return new Rewrites(Stream.of(first, next).toList());
  }

  @Override
  public void rewrite(String text, Output out) {
    Rewritten all = Rewritten.of(steps.getFirst(), text);
    for (Normalizer n : steps.subList(1, steps.size() - 1)) {
      all = all.then(n);
    }
    all.rewrite(steps.getLast(), out);
  }

  @Override
  public String normalize(String text) {
    String all = text;
    for (Normalizer n : steps) {
      all = n.normalize(all);
    }
    return all;
  }
}
