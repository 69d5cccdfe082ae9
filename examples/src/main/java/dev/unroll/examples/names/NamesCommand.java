package dev.unroll.examples.names;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Labels;
import dev.unroll.data.Split;
import dev.unroll.examples.classify.Contest;
import dev.unroll.examples.classify.Labelled;
import dev.unroll.examples.classify.ReaderOptions;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.Fit;
import dev.unroll.examples.fit.TokenIds;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Invents names in the style of a language. */
@Command(name = "names", description = "Invents names in the style of a language.")
public final class NamesCommand implements Application {
  private static final int SHOWN = 4;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "A folder with a file of names per language (default: countries, from the JDK).")
  private @Nullable Path data;

  @Mixin private final ReaderOptions options = new ReaderOptions(20, 48, 64, 32);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the writer's weights.")
  private int steps = 3000;

  @Option(names = "--size", paramLabel = "N", description = "The size of the writer's cell.")
  private int size = 128;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description = "Lower values are more conservative.")
  private double temperature = 0.7;

  @Option(names = "--names", paramLabel = "N", description = "Names to invent per language.")
  private int wanted = 50;

  @Override
  public void run() throws IOException {
    Sampling sampling = new Sampling(temperature); // Errors are reported before the training.
    Split<Labelled> split = LanguagesCommand.split(data, options);
    Contest judge = new Contest(split, options);
    Labels languages = judge.labels();
    List<String> texts = split.training().stream().map(Labelled::text).toList();
    TokenIds ids = TokenIds.of(Tokenizers.named("characters"), texts);
    NameWriter writer = NameWriter.of(languages, ids, size, options.fit().init());
    List<Example> examples = split.training().stream().map(writer::example).toList();
    RandomKey key = options.fit().key();
    ExampleBatches batches = ExampleBatches.shuffled(examples, 64, options.fit().seed());
    new Fit(steps, 0.003, key).run("writer", writer, writer.task(), batches);
    Set<String> known = new HashSet<>(texts);
    print("%n%-12s %6s %9s  for example%n", "", "novel", "as meant");
    double novel = 0;
    double meant = 0;
    for (int l = 0; l < languages.size(); l++) {
      List<String> invented = writer.invent(l, wanted, sampling, key.fold(l));
      double fresh = share(invented.stream().filter(n -> !known.contains(n)).count());
      double as = share(Collections.frequency(judge.classes(invented), l));
      novel += fresh / languages.size();
      meant += as / languages.size();
      List<String> shown = invented.stream().filter(n -> !known.contains(n)).limit(SHOWN).toList();
      print(
          "%-12s %5.0f%% %8.0f%%  %s%n",
          languages.name(l), 100 * fresh, 100 * as, brief(String.join(", ", shown)));
    }
    print(
        "%.1f%% are novel, %.1f%% are classified as the intended language (by chance %.1f%%)%n",
        100 * novel, 100 * meant, 100.0 / languages.size());
  }

  private double share(long n) {
    return (double) n / wanted;
  }

  private static String brief(String text) {
    return text.length() <= 48 ? text : text.substring(0, 47) + "\u2026";
  }
}
