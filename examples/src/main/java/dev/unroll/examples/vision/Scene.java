package dev.unroll.examples.vision;

import dev.unroll.tensor.RandomKey;
import java.util.List;

/**
 * Two objects, the upper or left one named first: {@code a red square above a blue cross}.
 *
 * @param numbers color and shape of the first, its position, color and shape of the second
 */
record Scene(List<Integer> numbers) {
  static final int SIZE = 16;
  static final List<String> COLOURS = List.of("red", "green", "blue", "yellow", "purple", "white");
  static final List<String> SHAPES = List.of("square", "cross", "disc", "triangle");
  private static final List<String> PLACES = List.of("above", "to the left of");
  private static final int[] RGB = {0xff0000, 0x00c000, 0x3060ff, 0xffe000, 0xa000c0, 0xffffff};
  private static final int WIDTH = 5;

  /** Copies the list. */
  Scene {
    numbers = List.copyOf(numbers);
  }

  /** Samples a scene whose combination is, or is not, held out from training. */
  static Scene draw(RandomKey key, boolean heldOut) {
    for (int i = 0; true; i++) {
      RandomKey k = key.fold(i);
      Scene s =
          new Scene(
              List.of(
                  of(COLOURS, k, 0),
                  of(SHAPES, k, 1),
                  of(PLACES, k, 2),
                  of(COLOURS, k, 3),
                  of(SHAPES, k, 4)));
      if (s.isHeldOut() == heldOut) {
        return s;
      }
    }
  }

  private static int of(List<String> names, RandomKey key, int counter) {
    return (int) (key.unit(counter) * names.size());
  }

  /** Returns whether the combination is held out, which is the case for one in five. */
  boolean isHeldOut() {
    return RandomKey.of(numbers.hashCode()).unit(0) < 0.2;
  }

  String caption() {
    return String.join(
        " ",
        "a",
        COLOURS.get(numbers.get(0)),
        SHAPES.get(numbers.get(1)),
        PLACES.get(numbers.get(2)),
        "a",
        COLOURS.get(numbers.get(3)),
        SHAPES.get(numbers.get(4)));
  }

  /** Renders the scene at a random position, {@code [H, W, 3]} from 0 to 1. */
  float[] picture(RandomKey key) {
    float[] x = new float[SIZE * SIZE * 3];
    int near = (int) (key.unit(0) * 3);
    int far = SIZE - WIDTH - (int) (key.unit(1) * 3);
    int first = (int) (key.unit(2) * (SIZE - WIDTH));
    int second = Math.clamp(first + (int) (key.unit(3) * 5) - 2, 0, SIZE - WIDTH);
    boolean above = numbers.get(2) == 0;
    thing(x, above ? near : first, above ? first : near, numbers.get(0), numbers.get(1));
    thing(x, above ? far : second, above ? second : far, numbers.get(3), numbers.get(4));
    return x;
  }

  private static void thing(float[] x, int row, int column, int colour, int shape) {
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 0; j < WIDTH; j++) {
        int fromMiddle = Math.abs(i - 2) + Math.abs(j - 2);
        boolean in =
            switch (shape) {
              case 0 -> true;
              case 1 -> i == 2 || j == 2;
              case 2 -> fromMiddle < 4 && fromMiddle > 0;
              default -> Math.abs(j - 2) * 2 <= i;
            };
        for (int c = 0; in && c < 3; c++) {
          int at = ((row + i) * SIZE + column + j) * 3 + c;
          x[at] = ((RGB[colour] >> (16 - 8 * c)) & 0xff) / 255f;
        }
      }
    }
  }
}
