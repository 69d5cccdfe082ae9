package dev.unroll.layers.sequence.decoding;

import dev.unroll.autograd.Variable;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.sequence.attention.Attending;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A search: the open and the ended sequences of each row of the batch. */
final class Search<S extends State<S>> {
  private static final Tensor NOWHERE = Tensor.zeros(DType.FLOAT32, Shape.of(0));

  private final Decoder<S> decoder;
  private final Decoding limits;
  private final Choice choice;

  Search(Decoder<S> decoder, Decoding limits, Choice choice) {
    this.decoder = decoder;
    this.limits = limits;
    this.choice = choice;
  }

  /** Returns the sequences of each row, the best one first. */
  List<List<Hypothesis>> run(S start, double alpha) {
    int batch = start.variables().getFirst().shape().dim(0);
    List<List<Partial>> open = new ArrayList<>();
    List<List<Hypothesis>> ended = new ArrayList<>();
    for (int b = 0; b < batch; b++) {
      open.add(List.of(Partial.begin(limits.begin())));
      ended.add(new ArrayList<>());
    }
    S state = start;
    for (int t = 0; t < limits.longest() && open.stream().anyMatch(o -> !o.isEmpty()); t++) {
      state = step(state, open, ended, alpha);
    }
    for (int b = 0; b < batch; b++) {
      List<Hypothesis> all = ended.get(b);
      open.get(b).forEach(p -> all.add(p.hypothesis(false, alpha)));
      all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
    }
    return ended;
  }

  /** Computes one step of all open sequences, and returns the state of those that remain open. */
  private S step(S state, List<List<Partial>> open, List<List<Hypothesis>> ended, double alpha) {
    int[] tokens = open.stream().flatMap(List::stream).mapToInt(Partial::token).toArray();
    Variable read = Variable.of(Tensor.of(Shape.of(tokens.length), tokens));
    Decoder.Prediction<S> p = decoder.next(read, state);
    double[] logits = p.logits().value().toDoubles();
    double[] logProbabilities = p.logits().logSoftmax().value().toDoubles();
    int v = p.logits().shape().dim(1);
    List<Integer> rows = new ArrayList<>();
    int at = 0;
    for (int b = 0; b < open.size(); b++) {
      Partial[] of = open.get(b).toArray(Partial[]::new);
      if (of.length == 0) {
        continue;
      }
      double[][] own = new double[of.length][];
      for (int i = 0; i < of.length; i++) {
        int from = (at + i) * v;
        double[] row = Arrays.copyOfRange(logits, from, from + v);
        int best =
            Logits.largest("[decoding] row " + b + " after " + of[i].length() + " tokens:", row);
        own[i] =
            row[best] == Double.POSITIVE_INFINITY
                ? Logits.certain(row)
                : Arrays.copyOfRange(logProbabilities, from, from + v);
      }
      List<Partial> next = new ArrayList<>();
      for (Choice.Next n : choice.of(b, ended.get(b).size(), of, own)) {
        int row = at + n.of();
        Partial longer = of[n.of()].then(n.token(), own[n.of()][n.token()], looked(p.state(), row));
        if (n.token() == limits.end()) {
          ended.get(b).add(longer.hypothesis(true, alpha));
        } else {
          next.add(longer);
          rows.add(row);
        }
      }
      open.set(b, next);
      at += of.length;
    }
    return select(p.state(), rows);
  }

  private static Tensor looked(State<?> state, int row) {
    return state instanceof Attending<?> a ? a.weights().value().select(0, row) : NOWHERE;
  }

  private S select(S state, List<Integer> rows) {
    int[] ids = rows.stream().mapToInt(r -> r).toArray();
    Variable which = Variable.of(Tensor.of(Shape.of(ids.length), ids));
    return state.map(v -> {
      Shape shape = v.shape();
      return v.reshape(Shape.of(shape.dim(0), State.rowSize(v)))
          .gather(which)
          .reshape(shape.with(0, ids.length));
    });
  }
}
