package dev.unroll.examples.classify;

import dev.unroll.data.Split;
import dev.unroll.tensor.RandomKey;
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

/** Classifies short messages as spam or not. */
@Command(
    name = "spam",
    description = "Classifies short messages as spam or not.",
    sortOptions = false,
    showDefaultValues = true)
public final class SpamCommand implements Callable<Integer> {
  private static final int MADE = 6000;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Tab-separated lines of ham or spam and a message (default: generated messages).")
  private @Nullable Path data;

  @Mixin private final ReaderOptions options = new ReaderOptions(4, 48, 64, 32);

  private final PrintStream out = System.out;

  private SpamCommand() {}

  @Override
  public Integer call() throws IOException {
    RandomKey key = options.key();
    List<Labelled> messages =
        data == null ? MadeMessages.of(MADE, key) : LabelledTexts.messages(data);
    Split<Labelled> split =
        LabelledTexts.named(data, () -> Split.stratified(messages, Labelled::label, 0.2, key));
    Contest contest = Contest.of(split, options, out);
    int spam = contest.labels().id("spam");
    Map<String, Decisions> found = contest.decisions(options, out);
    out.printf(Locale.ROOT, "%n%-32s F1 of spam  accuracy%n", "on the messages held out");
    found.forEach((name, d) ->
        out.printf(Locale.ROOT, "%-32s %10.4f  %8.4f%n", name, d.f1(spam), d.accuracy()));
    return 0;
  }
}
