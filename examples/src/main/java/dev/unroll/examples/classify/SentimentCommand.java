package dev.unroll.examples.classify;

import dev.unroll.data.Split;
import dev.unroll.examples.fit.Application;
import dev.unroll.files.OutputPaths;
import dev.unroll.training.ClassReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Classifies film reviews as positive or negative. */
@Command(name = "sentiment", description = "Classifies film reviews as positive or negative.")
public final class SentimentCommand implements Application {
  private static final int MADE = 6000;
  private static final int SHOWN = 12;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Tab-separated lines of a number, a review and 0 or 1 (default: generated reviews).")
  private @Nullable Path data;

  @Mixin private final ReaderOptions options = new ReaderOptions(4, 96, 128, 64);

  @Option(names = "--out", paramLabel = "FILE", description = "The file of the attribution page.")
  private Path picture = Path.of("runs", "sentiment.html");

  @Override
  public void run() throws IOException {
    OutputPaths.file(picture);
    List<Labelled> reviews =
        data == null ? MadeReviews.of(MADE, options.fit.key()) : LabelledTexts.reviews(data);
    Split<Labelled> split =
        LabelledTexts.named(data, () -> Split.last(reviews, Labelled::label, 0.1));
    Contest contest = new Contest(split, options);
    Map<String, ClassReport> reports = contest.reports();
    print("%n%-32s accuracy%n", "on the reviews held out");
    reports.forEach((name, r) -> print("%-32s %.4f%n", name, r.accuracy()));
    List<String> shown = split.heldOut().stream().limit(SHOWN).map(Labelled::text).toList();
    new Mattered(contest, contest.labels().id("content")).write(picture, shown);
    print("drawn %s: which characters mattered%n", picture);
  }
}
