package dev.unroll.examples.serving;

import dev.unroll.models.Classifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares answers with those that the file of their version gives in this process, for any number
 * of threads.
 */
final class Checker {
  private final Path folder;
  private final List<Request> requests;
  private final Map<Long, List<List<Double>>> expected = new ConcurrentHashMap<>();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();

  /**
   * Creates a checker.
   *
   * @param folder where {@link Retraining} saves its versions
   */
  Checker(Path folder, List<Request> requests) {
    this.folder = folder;
    this.requests = requests;
  }

  List<Request> requests() {
    return requests;
  }

  void check(int request, Answer answer) {
    served.incrementAndGet();
    if (answer.status() != 200) {
      failed.incrementAndGet();
      return;
    }
    Reply reply = Json.read(answer.body(), Reply.class);
    List<Double> right = expected.computeIfAbsent(reply.version(), this::answers).get(request);
    if (!reply.probabilities().equals(right)) {
      wrong.incrementAndGet();
    }
  }

  private List<List<Double>> answers(long version) {
    try {
      UnrollPredictor predictor =
          new UnrollPredictor(Classifier.load(Retraining.file(folder, version)));
      return requests.stream().map(each -> predictor.predict(each).probabilities()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of versions that answered. */
  int versions() {
    return expected.size();
  }

  /** Returns whether there were several versions, and every answer was that of its version. */
  boolean isRight() {
    return failed.get() == 0 && wrong.get() == 0 && versions() > 1;
  }

  /** Returns the numbers of answers, failed ones, wrong ones, and versions. */
  @Override
  public String toString() {
    return served + " " + failed + " " + wrong + " " + expected.size();
  }
}
