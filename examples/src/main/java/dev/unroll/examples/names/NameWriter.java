package dev.unroll.examples.names;

import dev.unroll.autograd.Variable;
import dev.unroll.data.Example;
import dev.unroll.data.Labels;
import dev.unroll.examples.classify.Labelled;
import dev.unroll.examples.fit.TokenIds;
import dev.unroll.layers.Embedding;
import dev.unroll.layers.Init;
import dev.unroll.layers.Layer;
import dev.unroll.layers.Linear;
import dev.unroll.layers.Parts;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.Bridge;
import dev.unroll.layers.sequence.OneToMany;
import dev.unroll.layers.sequence.decoding.Decoder;
import dev.unroll.layers.sequence.decoding.Decoding;
import dev.unroll.layers.sequence.decoding.Sampling;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Task;
import java.util.Collections;
import java.util.List;

/**
 * Generates a name in the style of a language, character by character: one-to-many.
 *
 * @param styles an embedding of each language
 */
record NameWriter(Labels languages, TokenIds ids, Embedding styles, OneToMany<Hidden> writer)
    implements Layer {
  private static final int LONGEST = 30;

  static NameWriter of(Labels languages, TokenIds ids, int size, Init init) {
    GruCell cell = GruCell.of(size, size, init.at("cell"));
    return new NameWriter(
        languages,
        ids,
        Embedding.of(languages.size(), size, init.at("styles")),
        new OneToMany<>(
            Bridge.of(size, cell, init.at("bridge")),
            Decoder.of(
                Embedding.of(ids.size(), size, init.at("characters")),
                cell,
                Linear.of(size, ids.size(), init.at("head")))));
  }

  Example example(Labelled name) {
    return Example.of(new int[] {languages.id(name.label())}, ids.encodeTarget(name.text()));
  }

  Task task() {
    return Task.of(
        (b, mode) ->
            writer.apply(
                styles.apply(Variable.of(b.inputs().select(1, 0))),
                Decoder.teacherForced(b.targets(), ids.begin()),
                mode),
        Loss.crossEntropy());
  }

  /** Returns sampled names of a language. */
  List<String> invent(int language, int n, Sampling sampling, RandomKey key) {
    int[] style = Collections.nCopies(n, language).stream().mapToInt(i -> i).toArray();
    Hidden start =
        Variable.withoutGradient(
            () -> writer.start(styles.apply(Variable.of(Tensor.of(Shape.of(n), style)))));
    Decoding decoding = new Decoding(ids.begin(), ids.end(), LONGEST + 1);
    return decoding.sample(writer.decoder(), start, sampling, key).stream()
        .map(h -> ids.decode(h.tokens()))
        .toList();
  }

  @Override
  public void describe(Parts parts) {
    parts.layer("styles", styles).layer("writer", writer);
  }
}
