package dev.unroll.examples.classify;

import dev.unroll.data.Split;
import dev.unroll.examples.fit.Application;
import dev.unroll.tensor.RandomKey;
import dev.unroll.training.ClassReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Classifies short messages as spam or not. */
@Command(name = "spam", description = "Classifies short messages as spam or not.")
public final class SpamCommand implements Application {
  private static final int MADE = 6000;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Tab-separated lines of ham or spam and a message (default: generated messages).")
  private @Nullable Path data;

  @Mixin private final ReaderOptions options = new ReaderOptions(4, 48, 64, 32);

  @Override
  public void run() throws IOException {
    RandomKey key = options.fit.key();
    List<Labelled> messages =
        data == null ? MadeMessages.of(MADE, key) : LabelledTexts.messages(data);
    Split<Labelled> split =
        LabelledTexts.named(data, () -> Split.stratified(messages, Labelled::label, 0.2, key));
    Contest contest = new Contest(split, options);
    int spam = contest.labels().id("spam");
    Map<String, ClassReport> reports = contest.reports();
    print("%n%-32s F1 of spam  accuracy%n", "on the messages held out");
    reports.forEach((name, r) -> print("%-32s %10.4f  %8.4f%n", name, r.f1(spam), r.accuracy()));
  }
}
