package dev.unroll.autograd.randomcell;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Scan;
import dev.unroll.autograd.scan.Session;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A setup taken step by step in a {@link Session}. */
final class Streaming {
  private Streaming() {}

  /** Compares with the loop by hand, where a setup has one input and goes forward. */
  static Optional<Difference> difference(Setup s, Scan scan, Results hand) {
    if (s.inputs().size() != 1 || s.backward() || s.steps() == 0) {
      return Optional.empty();
    }
    boolean stepByStep = scan.explain().startsWith("step by step");
    Results expected = expected(s, hand);
    try (Session session = open(s, scan)) {
      Results actual = steps(session, s, expected.names());
      double[] slack = new double[expected.values().size()];
      return Difference.of("session", expected, actual, 1e-9, slack);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      boolean refused =
          message.startsWith("[session] cannot be planned: ")
              && (stepByStep || message.endsWith("it asks for the time"));
      return refused
          ? Optional.empty()
          : Optional.of(new Difference("session", "refuses", message));
    } catch (RuntimeException e) {
      return Difference.of(
          "session", expected, new Results(List.of(), List.of(), e), 0, new double[0]);
    }
  }

  private static Session open(Setup s, Scan scan) {
    Variable x = s.inputs().getFirst();
    return scan.open(s.body(), x.shape().without(0), x.type(), s.initial());
  }

  /** Returns the first output, and the states but for those that no step changes. */
  private static Results expected(Setup s, Results hand) {
    Variable x = s.inputs().getFirst().select(0, 0);
    List<Variable> initial = s.initial().stream().map(v -> Variable.of(v.value())).toList();
    Scan.Result r = s.body().step(List.of(x), initial, Variable.scalar(DType.INT32, 0));
    List<String> names = new ArrayList<>(List.of(hand.names().getFirst()));
    List<Tensor> values = new ArrayList<>(List.of(hand.values().getFirst()));
    for (int i = 0; i < r.carried().size(); i++) {
      if (r.carried().get(i) != initial.get(i)) {
        names.add(hand.names().get(r.outputs().size() + i));
        values.add(hand.values().get(r.outputs().size() + i));
      }
    }
    return Results.of(names, values);
  }

  private static Results steps(Session session, Setup s, List<String> names) {
    Variable x = s.inputs().getFirst();
    Shape step = session.outputShape();
    double[] all = new double[s.steps() * step.size()];
    for (int t = 0; t < s.steps(); t++) {
      double[] y = new double[step.size()];
      Tensor now = x.value().select(0, t);
      if (x.type() == DType.INT32) {
        session.step(now.toInts(), y);
      } else {
        session.step(now.toDoubles(), y);
      }
      System.arraycopy(y, 0, all, t * step.size(), step.size());
    }
    List<Tensor> values = new ArrayList<>(List.of(Tensor.of(step.insert(0, s.steps()), all)));
    values.addAll(session.state());
    return Results.of(names, values);
  }
}
