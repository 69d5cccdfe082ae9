package dev.unroll.examples.translate;

import dev.unroll.tensor.RandomKey;
import java.util.List;

/** Letters in reverse order. */
record Reversal() implements Notation {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final int SHORTEST = 4;
  private static final int LONGEST = 16;

  @Override
  public String sentence() {
    return "reversal: 4 to 16 letters in reverse order";
  }

  @Override
  public Pair draw(RandomKey key) {
    int length = SHORTEST + (int) (key.unit(0) * (LONGEST - SHORTEST + 1));
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= length; i++) {
      text.append(LETTERS.charAt((int) (key.unit(i) * LETTERS.length())));
    }
    return new Pair(text.toString(), text.reverse().toString());
  }

  @Override
  public List<String> sources() {
    return List.of(LETTERS);
  }

  @Override
  public List<String> targets() {
    return sources();
  }
}
