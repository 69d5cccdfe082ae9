package programs;

import java.io.IOException;
import java.nio.file.Path;

/** Trains and saves all models, or loads them in another process. */
class Main {
  public static void main(String... args) throws IOException {
    Path data = Path.of("data");
    Path models = Path.of("target");
    if (args[0].equals("train")) {
      Sensors.train(data.resolve("sensors.csv"), models.resolve("sensors.unroll"));
      Reviews.train(data.resolve("reviews.tsv"), models.resolve("reviews.unroll"));
      Sales.train(data.resolve("sales.csv"), models.resolve("sales.unroll"));
      Tags.train(data.resolve("tagged.txt"), models.resolve("tags.unroll"));
      Numbers.train(data.resolve("numbers.tsv"), models.resolve("numbers.unroll"));
    } else {
      Sensors.predict(models.resolve("sensors.unroll"));
      Reviews.predict(models.resolve("reviews.unroll"));
      Sales.predict(models.resolve("sales.unroll"));
      Tags.predict(models.resolve("tags.unroll"));
      Numbers.predict(models.resolve("numbers.unroll"));
    }
  }
}
