package dev.unroll.examples;

import dev.unroll.layers.sequence.Generator;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.models.ModelFile;
import dev.unroll.tensor.RandomKey;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import dev.unroll.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Continues a text with a trained model. */
@Command(
    name = "generate",
    description = "Continues a text with a trained model.",
    sortOptions = false,
    showDefaultValues = true)
final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      required = true,
      description = "The folder of a trained model.")
  private Path model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      required = true,
      description = "The beginning of the text.")
  private String prompt;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "1 samples as the model predicts, less is more conservative, 0 takes the most likely.")
  private double temperature = 0.7;

  @Option(
      names = "--top-k",
      paramLabel = "N",
      description = "Sample only from the N most likely (default: all).")
  private int topK = Integer.MAX_VALUE;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "The number of characters or words to add.")
  private int length = 400;

  @Option(names = "--seed", paramLabel = "N", description = "Another seed gives another text.")
  private long seed = 1;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  private GenerateCommand() {}

  @Override
  public Integer call() throws IOException {
    if (prompt.isEmpty()) {
      throw new IllegalArgumentException("--prompt must have at least one character");
    }
    RunFolder folder = new RunFolder(model);
    ModelFile file = ModelFile.read(folder.expect(folder.model()));
    Tokenizer tokenizer = Tokenizers.named(file.part("tokenizer", String.class));
    Vocabulary vocabulary = file.part("vocabulary", Vocabulary.class);
    Generator generator =
        new Generator(
            file.model(LanguageModel.class), new Sampling(temperature, topK), RandomKey.of(seed));
    int[] tokens = vocabulary.encode(tokenizer, prompt);
    int[] added = generator.generate(tokens, length);
    String text =
        vocabulary.decode(
            tokenizer, IntStream.concat(IntStream.of(tokens), IntStream.of(added)).toArray());
    spec.commandLine()
        .getOut()
        .println(prompt + text.substring(vocabulary.decode(tokenizer, tokens).length()));
    return 0;
  }
}
