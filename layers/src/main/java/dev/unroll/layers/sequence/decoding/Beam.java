package dev.unroll.layers.sequence.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Selects the most probable continuations, as many as the beam width minus the number of ended
 * sequences. Among equal ones, the first is selected.
 */
record Beam(int width) implements Choice {
  private record Candidate(double sum, int of, int token) {}

  private static final Comparator<Candidate> WORST_FIRST =
      Comparator.comparingDouble(Candidate::sum)
          .thenComparing(Comparator.comparingInt(Candidate::of).reversed())
          .thenComparing(Comparator.comparingInt(Candidate::token).reversed());

  @Override
  public List<Next> of(int row, int ended, Partial[] open, double[][] logProbabilities) {
    int room = width - ended;
    PriorityQueue<Candidate> kept = new PriorityQueue<>(WORST_FIRST);
    for (int i = 0; i < open.length; i++) {
      for (int v = 0; v < logProbabilities[i].length; v++) {
        double sum = open[i].sum() + logProbabilities[i][v];
        if (kept.size() < room) {
          kept.add(new Candidate(sum, i, v));
        } else if (sum > kept.element().sum) {
          kept.remove();
          kept.add(new Candidate(sum, i, v));
        }
      }
    }
    List<Candidate> best = new ArrayList<>(kept);
    best.sort(WORST_FIRST.reversed());
    return best.stream().map(c -> new Next(c.of, c.token)).toList();
  }
}
