package dev.unroll.examples.vision;

import dev.unroll.data.Batch;
import dev.unroll.data.BatchSource;
import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.examples.fit.Application;
import dev.unroll.examples.fit.FitOptions;
import dev.unroll.examples.fit.TokenIds;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.TextScores;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.Tokenizers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Describes pictures in words. */
@Command(name = "caption", description = "Describes pictures in words.")
public final class CaptionCommand implements Application {
  private static final int BATCH = 64;
  private static final int ASKED = 500;
  private static final Tokenizer WORDS = Tokenizers.named("whitespace");

  @Mixin private final FitOptions options = new FitOptions(96, 0.003);

  @Option(names = "--steps", paramLabel = "N", description = "Updates of the weights.")
  private int steps = 2500;

  @Override
  public void run() throws IOException {
    RandomKey key = options.key();
    List<String> captions = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      captions.add(Scene.draw(key.fold("words").fold(i), false).caption());
    }
    TokenIds ids = TokenIds.of(WORDS, captions);
    Captioner model = Captioner.of(ids, options.hidden(), options.init());
    BatchSource batches = BatchSource.generated(k -> batch(k, BATCH, false, ids), key, steps);
    options.fit(steps).run("gru", model, model.task(), batches);
    RandomKey other = key.fold("held out");
    List<String> found = model.captions(batch(other, ASKED, true, ids).inputs());
    List<List<String>> written = new ArrayList<>();
    List<List<String>> wanted = new ArrayList<>();
    int exact = 0;
    for (int i = 0; i < ASKED; i++) {
      String said = found.get(i);
      String should = Scene.draw(other.fold(i), true).caption();
      exact += said.equals(should) ? 1 : 0;
      written.add(WORDS.tokenize(said));
      wanted.add(WORDS.tokenize(should));
      if (i < 4) {
        print("  %s%n", said + (said.equals(should) ? "" : "  (it is " + should + ")"));
      }
    }
    List<List<String>> same = Collections.nCopies(ASKED, WORDS.tokenize(captions.getFirst()));
    print("%non %d pictures of combinations not seen before%n", ASKED);
    String line = "%-24s exact  %5.1f%%  BLEU %.3f%n";
    print(line, "always the same words", 0.0, TextScores.bleu(same, wanted));
    print(line, "this model", 100.0 * exact / ASKED, TextScores.bleu(written, wanted));
  }

  /** Returns pictures {@code [B, H, W, 3]} and their captions. */
  private static Batch batch(RandomKey key, int n, boolean heldOut, TokenIds ids) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Scene scene = Scene.draw(key.fold(i), heldOut);
      int[] words = ids.encodeTarget(scene.caption());
      float[] picture = scene.picture(key.fold(i).fold("picture"));
      examples.add(
          new Example(
              Tensor.of(Shape.of(Scene.SIZE, Scene.SIZE, 3), picture),
              Tensor.of(Shape.of(words.length), words)));
    }
    return ExampleBatches.batch(examples);
  }
}
