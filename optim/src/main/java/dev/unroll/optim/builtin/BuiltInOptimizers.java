package dev.unroll.optim.builtin;

import static java.util.stream.Collectors.toMap;

import dev.unroll.optim.Adadelta;
import dev.unroll.optim.Adagrad;
import dev.unroll.optim.Adam;
import dev.unroll.optim.AdamW;
import dev.unroll.optim.AmsGrad;
import dev.unroll.optim.CenteredRmsProp;
import dev.unroll.optim.Momentum;
import dev.unroll.optim.Nesterov;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.OptimizerFactory;
import dev.unroll.optim.OptimizerProvider;
import dev.unroll.optim.RmsProp;
import dev.unroll.optim.Rule;
import dev.unroll.optim.Sgd;
import java.util.Map;
import java.util.stream.Stream;

/** The built-in optimizers, with the defaults of their papers: a new one is one line here. */
public final class BuiltInOptimizers implements OptimizerProvider {
  /** Returns all rules. */
  public static Stream<Rule> rules() {
    return Stream.of(
        new Adadelta(),
        new Adagrad(),
        new Adam(),
        new AdamW(),
        new AmsGrad(),
        new CenteredRmsProp(),
        new Momentum(),
        new Nesterov(),
        new RmsProp(),
        new Sgd());
  }

  private static OptimizerFactory factory(Rule rule) {
    return parameters -> Optimizer.of(rule, parameters);
  }

  @Override
  public Map<String, OptimizerFactory> byName() {
    return rules().collect(toMap(Rule::name, BuiltInOptimizers::factory));
  }
}
