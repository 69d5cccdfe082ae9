package dev.unroll.models;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Mode;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Recurrent;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.cells.Cells;
import dev.unroll.layers.recurrent.cells.RecurrentConfig;
import dev.unroll.layers.sequence.AttentionModel;
import dev.unroll.layers.sequence.SequenceToSequence;
import dev.unroll.layers.sequence.attention.AdditiveAttention;
import dev.unroll.layers.sequence.attention.BahdanauCell;
import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.layers.sequence.decoding.Hypothesis;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.text.tokenize.TextEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A model in use: it maps a text to another one, such as its translation. Any number of threads may
 * call it, also while another one trains the model.
 *
 * <p>The model has two tokens after those of the target's encoder: V, which begins a text, and V +
 * 1, which ends it.
 *
 * {@snippet class="snippets.ModelsTest" region="Translator"}
 *
 * @param model reads ids of the source, and predicts those of the target
 * @param source encodes source texts
 * @param target encodes target texts
 * @param longest the maximum number of tokens of a translation
 */
public record Translator(
    SequenceToSequence<?> model, TextEncoder source, TextEncoder target, int longest) {
  private static final String KIND = "translator";
  private static final String SOURCE = "source";
  private static final String TARGET = "target";
  private static final String LONGEST = "longest";

  private static final int BEAM = 4;

  /** Divides scores by this power of the length (Wu et al. 2016, arXiv:1609.08144). */
  private static final double LENGTH_PENALTY = 0.6;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Translator {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(source, SOURCE);
    Objects.requireNonNull(target, TARGET);
    if (longest < 1) {
      throw new IllegalArgumentException(
          "[translator] expected a maximum of at least 1 token, got " + longest);
    }
  }

  /**
   * Returns an untrained translator with additive attention (Bahdanau, Cho &amp; Bengio 2015,
   * arXiv:1409.0473), whose decoder is one cell of the same kind and size.
   *
   * @param embedding the size of the vectors of tokens
   * @param layers the encoder
   */
  public static Translator of(
      TextEncoder source,
      TextEncoder target,
      int longest,
      int embedding,
      RecurrentConfig layers,
      Init init) {
    Recurrent<?> encoder = layers.build(embedding, init.at("encoder"));
    int memory = encoder.outputSize();
    Cell<?> cell =
        Cells.named(layers.cell(), embedding + memory, layers.size(), init.at("decoder"));
    AdditiveAttention attention =
        AdditiveAttention.of(layers.size(), memory, layers.size(), init.at("attention"));
    return new Translator(
        model(source.size(), target.size() + 2, embedding, encoder, cell, attention, init),
        source,
        target,
        longest);
  }

  private static <S extends State<S>> AttentionModel<S> model(
      int read,
      int written,
      int embedding,
      Recurrent<?> encoder,
      Cell<S> cell,
      AdditiveAttention attention,
      Init init) {
    BahdanauCell<S> decoder = new BahdanauCell<>(cell, attention, encoder.outputSize());
    return AttentionModel.of(
        Embedding.of(read, embedding, init.at("source")),
        encoder,
        decoder,
        Embedding.of(written, embedding, init.at("target")),
        Linear.of(decoder.outputSize(), written, init.at("head")),
        init);
  }

  /** Returns the token that begins a text, for teacher forcing. */
  public int begin() {
    return target.size();
  }

  private int end() {
    return target.size() + 1;
  }

  /**
   * Returns examples for training: the ids of sources, and of targets with the end token.
   *
   * @param sources each with the target at the same index
   * @throws IllegalArgumentException if the numbers differ
   */
  public List<Example> examples(List<String> sources, List<String> targets) {
    Pairs.check("translator", "sources", sources, "targets", targets);
    List<Example> all = new ArrayList<>();
    for (String each : sources) {
      int[] ids = target.encode(targets.get(all.size()));
      int[] ended = Arrays.copyOf(ids, ids.length + 1);
      ended[ids.length] = end();
      all.add(Example.of(source.encode(each), ended));
    }
    return all;
  }

  /** Translates a text by a beam search. */
  public String translate(String text) {
    return translate(List.of(text)).getFirst();
  }

  /** Translates texts by a beam search: each as if it were alone. */
  public List<String> translate(List<String> texts) {
    return texts.stream().map(text -> beam(model, text)).toList();
  }

  private <S extends State<S>> String beam(SequenceToSequence<S> of, String text) {
    int[] ids = source.encode(text);
    return Variable.withoutGradient(() ->
        of.snapshot()
            .call(() -> {
              Decoding decoding = new Decoding(begin(), end(), longest);
              Hypothesis best =
                  decoding
                      .beam(of.decoder(), encoded(of, ids), BEAM, LENGTH_PENALTY)
                      .getFirst()
                      .getFirst();
              return decoded(best.tokens().stream().mapToInt(t -> t).toArray());
            }));
  }

  private static <S extends State<S>> S encoded(SequenceToSequence<S> of, int... ids) {
    Variable x = Variable.of(Tensor.of(Shape.of(1, ids.length), ids));
    return of.encode(x, new int[] {ids.length}, Mode.evaluation());
  }

  private String decoded(int... ids) {
    return target.decode(Arrays.stream(ids).filter(id -> id < begin()).toArray());
  }

  /**
   * Translates a text, and passes on the translation while it is written: at each step the most
   * probable token.
   *
   * @param pieces receives the parts of the translation, in order
   * @return the whole translation
   */
  public String translate(String text, Consumer<String> pieces) {
    return greedy(model, text, Objects.requireNonNull(pieces, "pieces"));
  }

  private <S extends State<S>> String greedy(
      SequenceToSequence<S> of, String text, Consumer<String> pieces) {
    int[] ids = source.encode(text);
    Live opened =
        Variable.withoutGradient(() ->
            of.snapshot()
                .call(() -> Live.onIds(of, (shape, type) -> of.decoder().open(encoded(of, ids)))));
    try (Live live = opened) {
      int[] written = new int[longest];
      int n = 0;
      String shown = "";
      for (int token = begin(); n < longest; n++) {
        token = largest(live.step(token));
        if (token == end()) {
          break;
        }
        written[n] = token;
        String now = decoded(Arrays.copyOf(written, n + 1));
        // The bytes of a character may be in several tokens.
        if (!now.endsWith("\uFFFD")) {
          shown = show(shown, now, pieces);
        }
      }
      return show(shown, decoded(Arrays.copyOf(written, n)), pieces);
    }
  }

  /** Passes on what a text has after the part that was shown, and returns the whole. */
  private static String show(String shown, String now, Consumer<String> pieces) {
    if (now.length() > shown.length() && now.startsWith(shown)) {
      pieces.accept(now.substring(shown.length()));
      return now;
    }
    return shown;
  }

  private static int largest(double... logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  /**
   * Writes the translator into one file: see {@link ModelFile#write}.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path path) throws IOException {
    ModelFile.of(model)
        .with(ModelFile.KIND, KIND)
        .with(SOURCE, source)
        .with(TARGET, target)
        .with(LONGEST, String.valueOf(longest))
        .write(path);
  }

  /**
   * Reads a file that {@link #save} wrote.
   *
   * @throws IOException if it cannot be read, or has another model or other parts; the message
   *     names the file
   */
  public static Translator load(Path path) throws IOException {
    return ModelFile.read(
        path,
        KIND,
        file ->
            new Translator(
                file.model(SequenceToSequence.class),
                file.part(SOURCE, TextEncoder.class),
                file.part(TARGET, TextEncoder.class),
                longest(file.part(LONGEST, String.class))));
  }

  private static int longest(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "[translator] expected a number as \"" + LONGEST + "\", got \"" + text + "\"", e);
    }
  }

  @Override
  public String toString() {
    return "Translator[" + source + " -> " + target + "]";
  }
}
