package dev.unroll.examples.vision;

import dev.unroll.data.Batch;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;

/**
 * Generated films of two dots on a grid: the first moves left, right, up or down, bounces (reverses
 * at a border), or merges with the second, which otherwise rests. The event is only visible in the
 * order of the frames; a single frame shows at most that the dots have merged.
 */
final class Film {
  static final List<String> EVENTS = List.of("left", "right", "up", "down", "bounce", "merge");
  static final int SIZE = 12;
  static final int FRAMES = 8;

  private Film() {}

  /**
   * Returns films as a batch {@code [B, T, H, W, 1]}; the event is the target at the last two
   * frames.
   */
  static Batch batch(RandomKey key, int size) {
    float[] x = new float[size * FRAMES * SIZE * SIZE];
    int[] y = new int[size * FRAMES];
    for (int b = 0; b < size; b++) {
      int event = (int) (key.fold(b).unit(0) * EVENTS.size());
      shoot(key.fold(b), event, x, b * FRAMES);
      for (int t = 0; t < FRAMES; t++) {
        y[b * FRAMES + t] = t < FRAMES - 2 ? -1 : event;
      }
    }
    return new Batch(
        Tensor.of(Shape.of(size, FRAMES, SIZE, SIZE, 1), x),
        Tensor.of(Shape.of(size, FRAMES), y),
        false);
  }

  private static void shoot(RandomKey key, int event, float[] x, int frame) {
    boolean across = event < 2 || (event > 3 && key.unit(1) < 0.5);
    int way = event == 0 || event == 2 || (event > 3 && key.unit(2) < 0.5) ? -1 : 1;
    int lane = (int) (key.unit(3) * SIZE);
    int other = (lane + 1 + (int) (key.unit(4) * (SIZE - 1))) % SIZE;
    // The initial position of the dot; if it bounces, it is at the border half way through instead.
    int begin = (int) (key.unit(5) * (SIZE - FRAMES + 1));
    int still = (int) (key.unit(6) * SIZE);
    for (int t = 0; t < FRAMES; t++) {
      int along =
          switch (event) {
            case 4 -> Math.abs(FRAMES / 2 - t);
            case 5 -> begin + Math.min(t, FRAMES - 3);
            default -> begin + t;
          };
      int at = way > 0 ? along : SIZE - 1 - along;
      int end = begin + FRAMES - 3;
      dot(x, frame + t, across ? lane : at, across ? at : lane);
      int second = event == 5 ? (way > 0 ? end : SIZE - 1 - end) : still;
      int row = event == 5 ? lane : other;
      dot(x, frame + t, across ? row : second, across ? second : row);
    }
  }

  private static void dot(float[] x, int frame, int row, int column) {
    x[(frame * SIZE + row) * SIZE + column] = 1;
  }
}
