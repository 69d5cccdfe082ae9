package dev.unroll.examples.translate;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.fit.Terminal;
import dev.unroll.examples.fit.TokenIds;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.TextScores;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Learns to answer from questions and answers, and talks. */
@Command(name = "chat", description = "Learns to answer from questions and answers, and talks.")
public final class ChatCommand implements Application {
  private static final int MADE = 4000;
  private static final int ASKED = 200;
  private static final int SHOWN = 6;

  /** The maximum number of characters of an answer. */
  private static final int LONGEST = 60;

  private static final Tokenizer CHARACTERS = Tokenizers.named("characters");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A comma-separated table with columns Q and A (default: generated small talk).")
  private @Nullable Path data;

  @Mixin private final FitOptions options = new FitOptions(128, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 800;

  @Override
  public void run() throws IOException {
    RandomKey key = options.key();
    List<Exchange> all = data == null ? MadeTalk.of(MADE, key) : Exchange.read(data);
    Split<Exchange> split = Split.random(all, 0.05, key);
    List<Exchange> training = split.training();
    print("%,d exchanges, %,d more are held out%n", training.size(), split.heldOut().size());
    Rewriter<?> talker =
        Rewriter.of(
            TokenIds.of(CHARACTERS, training.stream().map(Exchange::question).toList()),
            TokenIds.of(CHARACTERS, training.stream().map(Exchange::answer).toList()),
            Looking.bahdanau,
            64,
            options.hidden(),
            options.init());
    List<Example> examples =
        training.stream().map(e -> talker.example(e.question(), e.answer())).toList();
    int[] lengths = examples.stream().mapToInt(e -> e.target().shape().size()).toArray();
    ExampleBatches batches = new ExampleBatches(examples, Order.buckets(lengths, 64, 20, key));
    options.fit(steps).run("gru", talker.model(), talker.task(), batches);
    report(talker, split.heldOut().subList(0, Math.min(ASKED, split.heldOut().size())));
    Terminal.console().ifPresent(console -> talk(talker, console));
  }

  private void report(Rewriter<?> talker, List<Exchange> asked) {
    List<String> said = new ArrayList<>();
    int exact = 0;
    for (Exchange e : asked) {
      StringBuilder text = new StringBuilder();
      talker.write(e.question(), LONGEST, text::append);
      String answer = text.toString();
      exact += answer.equals(e.answer()) ? 1 : 0;
      if (said.size() < SHOWN) {
        print("  > %s%n  %s%n", e.question(), answer);
      }
      said.add(answer);
    }
    List<String> theirs = asked.stream().map(Exchange::answer).toList();
    print("%n%-24s distinct-1  distinct-2%n", "to " + asked.size() + " new questions");
    distinct("people", theirs);
    distinct("this model", said);
    print(
        "%.1f%% of its answers are those that were given%n"
            + "It has learned which answers follow which questions, and nothing else: it knows%n"
            + "no facts, forgets each question once it has answered, and always says something.%n",
        100.0 * exact / asked.size());
  }

  private void distinct(String who, List<String> texts) {
    List<List<String>> words = texts.stream().map(t -> List.of(t.split(" ", -1))).toList();
    double one = TextScores.distinct(words, 1);
    print("%-24s %10.4f  %10.4f%n", who, one, TextScores.distinct(words, 2));
  }

  private void talk(Rewriter<?> talker, Console console) {
    print("Say something; an empty line ends.%n");
    String line = console.readLine("> ");
    while (line != null && !line.isBlank()) {
      talker.write(
          line.strip(),
          LONGEST,
          part -> {
            System.out.print(part);
            System.out.flush();
          });
      print("%n");
      line = console.readLine("> ");
    }
  }
}
