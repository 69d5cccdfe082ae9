package dev.unroll.examples.names;

import dev.unroll.data.Split;
import dev.unroll.examples.classify.Contest;
import dev.unroll.examples.classify.Decisions;
import dev.unroll.examples.classify.Labelled;
import dev.unroll.examples.classify.LabelledTexts;
import dev.unroll.examples.classify.ReaderOptions;
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

/** Identifies the language of a name. */
@Command(
    name = "languages",
    description = "Identifies the language of a name.",
    sortOptions = false,
    showDefaultValues = true)
public final class LanguagesCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "A folder with a file of names per language (default: countries, from the JDK).")
  private @Nullable Path data;

  @Mixin private final ReaderOptions options = new ReaderOptions(20, 48, 64, 32);

  private final PrintStream out = System.out;

  private LanguagesCommand() {}

  @Override
  public Integer call() throws IOException {
    Split<Labelled> split = split(data, options);
    Contest contest = Contest.of(split, options, out);
    Map<String, Decisions> found = contest.decisions(options, out);
    Decisions model = found.values().stream().toList().getLast();
    out.printf("%nheld-out names: true language in rows, predicted language in columns%n");
    out.print(model.confusion());
    out.printf(Locale.ROOT, "%n%-32s accuracy%n", "on the names held out");
    found.forEach((name, d) -> out.printf(Locale.ROOT, "%-32s %.4f%n", name, d.accuracy()));
    return 0;
  }

  /** Returns the names, with a tenth of each language held out. */
  static Split<Labelled> split(@Nullable Path data, ReaderOptions options) throws IOException {
    List<Labelled> names = data == null ? JdkNames.all() : LabelledTexts.folder(data);
    return LabelledTexts.named(
        data, () -> Split.stratified(names, Labelled::label, 0.1, options.key()));
  }
}
