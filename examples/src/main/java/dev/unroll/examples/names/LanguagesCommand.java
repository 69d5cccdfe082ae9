package dev.unroll.examples.names;

import dev.unroll.data.Split;
import dev.unroll.examples.classify.Contest;
import dev.unroll.examples.classify.Labelled;
import dev.unroll.examples.classify.LabelledTexts;
import dev.unroll.examples.classify.ReaderOptions;
import dev.unroll.examples.fit.Application;
import dev.unroll.training.ClassReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Identifies the language of a name. */
@Command(name = "languages", description = "Identifies the language of a name.")
public final class LanguagesCommand implements Application {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "A folder with a file of names per language (default: countries, from the JDK).")
  private @Nullable Path data;

  @Mixin private final ReaderOptions options = new ReaderOptions(20, 48, 64, 32);

  @Override
  public void run() throws IOException {
    Map<String, ClassReport> reports = new Contest(split(data, options), options).reports();
    print("%nheld-out names: true language in rows, predicted language in columns%n");
    confusion(reports.values().stream().toList().getLast());
    print("%n%-32s accuracy%n", "on the names held out");
    reports.forEach((name, r) -> print("%-32s %.4f%n", name, r.accuracy()));
  }

  private void confusion(ClassReport report) {
    List<String> names = report.labels();
    print("%-12s", "");
    names.forEach(name -> print(" %3s", name.substring(0, Math.min(3, name.length()))));
    for (int actual = 0; actual < names.size(); actual++) {
      print("%n%-12s", names.get(actual));
      for (int predicted = 0; predicted < names.size(); predicted++) {
        long n = report.count(actual, predicted);
        print(" %3s", n == 0 ? "." : n);
      }
    }
    print("%n");
  }

  /** Returns the names, with a tenth of each language held out. */
  static Split<Labelled> split(@Nullable Path data, ReaderOptions options) throws IOException {
    List<Labelled> names = data == null ? JdkNames.all() : LabelledTexts.folder(data);
    return LabelledTexts.named(
        data, () -> Split.stratified(names, Labelled::label, 0.1, options.fit().key()));
  }
}
