package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.scan.Scan;
import dev.unroll.tensor.DType;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Runs a subject as planned, eagerly, as a session and as a loop by hand, and compares values,
 * states and gradients.
 *
 * <p>In float64 they agree within 1e-9 (1 + |expected|). What is computed in float32 agrees with
 * the loop by hand in float64 within 1e-5 (1 + |expected|). A result that differs by more is right
 * nevertheless if {@link Rounding} explains it; a cell that is ill-conditioned by its measure is
 * not compared, but counted.
 */
final class FourWays {

  /** How many were planned, ill-conditioned, and so on. */
  final ConcurrentHashMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  /** Returns the reasons why cells ran step by step. */
  Set<String> reasons() {
    return counts.keySet().stream()
        .filter(k -> k.startsWith("step by step"))
        .collect(Collectors.toSet());
  }

  /** Returns how many of the cells something happened to. */
  double share(String what) {
    return (double) number(what) / Math.max(1, number("cells"));
  }

  private int number(String what) {
    AtomicInteger n = counts.get(what);
    return n == null ? 0 : n.get();
  }

  private void count(String what) {
    counts.computeIfAbsent(what, k -> new AtomicInteger()).incrementAndGet();
  }

  /** Returns the first difference. */
  Optional<Difference> of(Subject subject, Results.Depth depth) {
    count("cells");
    Setup s = subject.setup(DType.FLOAT64, 0);
    Results hand = Results.of(s, depth, HandLoop::run);
    if (!hand.isThrown() && !hand.isFinite()) {
      count("not finite");
      return Optional.empty();
    }
    Scan scan = s.scan();
    Results eager = Results.of(s, depth, x -> run(scan.eager(), x));
    if (s.steps() == 0 && hand.isThrown() && !eager.isThrown()) {
      // Without a step only shapes are computed. The loop by hand finds them by a step, which
      // refuses ids that are not in range.
      count("refuses the data of no step");
      return Optional.empty();
    }
    Optional<Difference> d = compare("eager", subject, 0, depth, hand, eager, Rounding.UNIT64);
    if (d.isPresent() || hand.isThrown()) {
      Results planned = Results.of(s, depth, x -> run(scan, x));
      boolean clear = !planned.isThrown() || planned.thrown() instanceof IllegalArgumentException;
      if (d.isEmpty() && clear && !subject.readsAllItComputes()) {
        // A plan leaves the value out and refuses something else, or nothing.
        count("refuses a value that nothing reads");
        return Optional.empty();
      }
      return d.or(() -> Difference.of("planned", eager, planned, 0, new double[0]));
    }
    return planned(subject, s, scan, depth, hand)
        .or(() -> Streaming.difference(s, scan, hand))
        .or(() -> again(subject, scan, depth))
        .or(() -> single(subject, depth, hand));
  }

  private Optional<Difference> planned(
      Subject subject, Setup s, Scan scan, Results.Depth depth, Results hand) {
    Results planned = Results.of(s, depth, x -> run(scan, x));
    String how = scan.explain();
    count(how.startsWith("step by step") ? how : "planned");
    Optional<Difference> d = compare("planned", subject, 0, depth, hand, planned, Rounding.UNIT64);
    if (d.isPresent()) {
      return d;
    }
    Results recomputed = Results.of(s, depth, x -> run(scan.checkpointed(), x));
    return Difference.of("checkpointed", planned, recomputed, 0, new double[hand.values().size()]);
  }

  /** The same scan with other constants: the plan is there already. */
  private Optional<Difference> again(Subject subject, Scan scan, Results.Depth depth) {
    Setup other = subject.setup(DType.FLOAT64, 1);
    Results hand = Results.of(other, depth, HandLoop::run);
    if (hand.isThrown() || !hand.isFinite()) {
      return Optional.empty();
    }
    Results planned = Results.of(other, depth, x -> run(scan, x));
    return compare("planned again", subject, 1, depth, hand, planned, Rounding.UNIT64);
  }

  private Optional<Difference> single(Subject subject, Results.Depth depth, Results hand) {
    Setup s = subject.setup(DType.FLOAT32, 0);
    Results eager = Results.of(s, depth, x -> run(x.scan().eager(), x));
    if (!eager.isThrown() && !eager.isFinite()) {
      count("not finite in float32");
      return Optional.empty();
    }
    Results planned = Results.of(s, depth, x -> run(x.scan(), x));
    return compare("eager in float32", subject, 0, depth, hand, eager, Rounding.UNIT32)
        .or(() -> compare("planned in float32", subject, 0, depth, hand, planned, Rounding.UNIT32));
  }

  static Scan.Result run(Scan scan, Setup s) {
    return scan.run(s.body(), s.inputs(), s.initial(), 0);
  }

  private Optional<Difference> compare(
      String way,
      Subject subject,
      int version,
      Results.Depth depth,
      Results hand,
      Results actual,
      double unit) {
    double tolerance = unit == Rounding.UNIT64 ? 1e-9 : 1e-5;
    double[] none = new double[hand.values().size()];
    Optional<Difference> d = Difference.of(way, hand, actual, tolerance, none);
    if (d.isEmpty() || hand.isThrown() || actual.isThrown()) {
      return d;
    }
    double[] slack = Rounding.bounds(subject, version, depth, hand, unit);
    if (!Rounding.isConditioned(hand, slack)) {
      count("ill-conditioned");
      return Optional.empty();
    }
    return Difference.of(way, hand, actual, tolerance, slack);
  }
}
