package dev.unroll.examples.classify;

import dev.unroll.data.Split;
import dev.unroll.examples.picture.Output;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Classifies film reviews as positive or negative. */
@Command(
    name = "sentiment",
    description = "Classifies film reviews as positive or negative.",
    sortOptions = false,
    showDefaultValues = true)
public final class SentimentCommand implements Callable<Integer> {
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

  private final PrintStream out = System.out;

  private SentimentCommand() {}

  @Override
  public Integer call() throws IOException {
    Output.file(picture);
    List<Labelled> reviews =
        data == null ? MadeReviews.of(MADE, options.key()) : LabelledTexts.reviews(data);
    Split<Labelled> split =
        LabelledTexts.named(data, () -> Split.last(reviews, Labelled::label, 0.1));
    Contest contest = Contest.of(split, options, out);
    Map<String, Decisions> found = contest.decisions(options, out);
    out.printf(Locale.ROOT, "%n%-32s accuracy%n", "on the reviews held out");
    found.forEach((name, d) -> out.printf(Locale.ROOT, "%-32s %.4f%n", name, d.accuracy()));
    List<String> shown = split.heldOut().stream().limit(SHOWN).map(Labelled::text).toList();
    new Mattered(contest, contest.labels().id("content")).write(picture, shown);
    out.println("drawn " + picture + ": which characters mattered");
    return 0;
  }
}
