package dev.unroll.text;

/** A normalizer that prints its name. */
record NamedNormalizer(String name, Normalizer normalizer) implements Normalizer {
  @Override
  public void rewrite(String text, Output out) {
    normalizer.rewrite(text, out);
  }

  @Override
  public String toString() {
    return name;
  }
}
