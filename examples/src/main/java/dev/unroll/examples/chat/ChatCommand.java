package dev.unroll.examples.chat;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.data.Split;
import dev.unroll.examples.fit.Diversity;
import dev.unroll.examples.fit.Fit;
import dev.unroll.examples.fit.Progress;
import dev.unroll.examples.fit.Writing;
import dev.unroll.examples.translate.Looking;
import dev.unroll.layers.Init;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Tokenizer;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Learns to answer from questions and answers, and talks. */
@Command(
    name = "chat",
    description = "Learns to answer from questions and answers, and talks.",
    sortOptions = false,
    showDefaultValues = true)
public final class ChatCommand implements Callable<Integer> {
  private static final int MADE = 4000;
  private static final int ASKED = 200;
  private static final int SHOWN = 6;
  private static final Tokenizer CHARACTERS = Tokenizer.named("characters");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A table with columns Q and A, between commas (default: made small talk).")
  private @Nullable Path data;

  @Option(names = "--hidden", paramLabel = "N", description = "The size of the cell, even.")
  private int hidden = 128;

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private long steps = 800;

  @Option(names = "--seed", paramLabel = "N", description = "The same one gives the same answers.")
  private long seed = 1;

  private final PrintStream out = System.out;

  private ChatCommand() {}

  @Override
  public Integer call() throws IOException {
    if (hidden < 2 || hidden % 2 != 0 || steps < 1) {
      throw new IllegalArgumentException(
          "--hidden must be even and at least 2, --steps at least 1");
    }
    RandomKey key = RandomKey.of(seed);
    List<Exchange> all = data == null ? MadeTalk.of(MADE, key) : Exchange.read(data);
    Split<Exchange> split = Split.random(all, 0.05, key);
    out.printf(
        Locale.ROOT,
        "%,d exchanges, %,d more are held out%n",
        split.training().size(),
        split.heldOut().size());
    Writing questions = writing(split.training().stream().map(Exchange::question).toList());
    Writing answers = writing(split.training().stream().map(Exchange::answer).toList());
    Talker<?> talker =
        Talker.of(
            questions,
            answers,
            Looking.bahdanau.model(questions.size(), answers.size(), 64, hidden, Init.seed(seed)));
    List<Example> examples = split.training().stream().map(talker::example).toList();
    int[] lengths = examples.stream().mapToInt(e -> e.target().shape().size()).toArray();
    new Fit(steps, 0.003, key, out)
        .run(
            "gru",
            talker.model(),
            talker.task(),
            new ExampleBatches(examples, Order.buckets(lengths, 64, 20, key)));
    report(talker, split.heldOut().subList(0, Math.min(ASKED, split.heldOut().size())));
    Progress.terminal().ifPresent(console -> talk(talker, console));
    return 0;
  }

  private static Writing writing(List<String> texts) {
    return Writing.of(CHARACTERS, texts);
  }

  private void report(Talker<?> talker, List<Exchange> asked) {
    List<String> said = new ArrayList<>();
    int exact = 0;
    for (Exchange e : asked) {
      String answer = talker.answer(e.question());
      exact += answer.equals(e.answer()) ? 1 : 0;
      if (said.size() < SHOWN) {
        out.printf("  > %s%n  %s%n", e.question(), answer);
      }
      said.add(answer);
    }
    List<String> theirs = asked.stream().map(Exchange::answer).toList();
    out.printf("%n%-24s distinct-1  distinct-2%n", "to " + asked.size() + " new questions");
    distinct("people", theirs);
    distinct("this model", said);
    out.printf(
        Locale.ROOT,
        "%.1f%% of its answers are those that were given%n"
            + "It has learned which answers follow which questions, and nothing else: it knows no"
            + " facts,%nforgets every question when it has answered, and says something to"
            + " everything.%n",
        100.0 * exact / asked.size());
  }

  private void distinct(String who, List<String> texts) {
    out.printf(
        Locale.ROOT,
        "%-24s %10.4f  %10.4f%n",
        who,
        Diversity.distinct(texts, 1),
        Diversity.distinct(texts, 2));
  }

  private void talk(Talker<?> talker, Console console) {
    out.println("Say something; an empty line ends.");
    String line = console.readLine("> ");
    while (line != null && !line.isBlank()) {
      talker.answer(
          line.strip(),
          part -> {
            out.print(part);
            out.flush();
          });
      out.println();
      line = console.readLine("> ");
    }
  }
}
