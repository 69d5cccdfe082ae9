package dev.unroll.optim;

import dev.unroll.testing.Conformance.NotThereException;
import dev.unroll.testing.Fields;
import java.util.List;
import java.util.Locale;

/** Rules with PyTorch's formulas, from the options of a case. */
final class CaseRules {
  private static final List<String> MISSING =
      List.of("nadam", "radam", "adamax", "asgd", "rprop", "lbfgs");

  private CaseRules() {}

  /**
   * Returns the rule that a case asks for.
   *
   * @throws NotThereException if there is none
   */
  static Rule of(String optimizer, double rate, Fields o) {
    String name = optimizer.toLowerCase(Locale.ROOT);
    if (MISSING.contains(name)) {
      throw new NotThereException("optimizer " + optimizer);
    }
    Rule rule =
        switch (name) {
          case "sgd" -> sgd(rate, o);
          case "adam", "adamw" -> adam(rate, o);
          case "adagrad" -> new Adagrad(rate, epsilon(o, 1e-10));
          case "adadelta" -> new Adadelta(rate, o.number("rho", 0.9), epsilon(o, 1e-6));
          case "rmsprop" -> rmsProp(rate, o);
          default -> throw new IllegalArgumentException("[case] unknown optimizer: " + optimizer);
        };
    double decay = o.number("weight_decay", name.equals("adamw") ? 0.01 : 0);
    return decay == 0
        ? rule
        : name.equals("adamw") ? new DecoupledDecay(rule, decay) : new CoupledDecay(rule, decay);
  }

  private static double epsilon(Fields o, double otherwise) {
    return o.has("eps") ? o.number("eps", otherwise) : o.number("epsilon", otherwise);
  }

  private static Rule sgd(double rate, Fields o) {
    double momentum = o.number("momentum", 0);
    o.only("dampening", "0.0");
    boolean nesterov = o.flag("nesterov");
    return momentum == 0
        ? new Sgd(rate)
        : nesterov ? new Nesterov(rate, momentum) : new Momentum(rate, momentum);
  }

  private static Rule adam(double rate, Fields o) {
    double beta1 = o.has("betas") ? o.get("betas").get(0).asDouble() : o.number("beta1", 0.9);
    double beta2 = o.has("betas") ? o.get("betas").get(1).asDouble() : o.number("beta2", 0.999);
    Adam adam = new Adam(rate, beta1, beta2, epsilon(o, 1e-8));
    return o.flag("amsgrad") ? new AmsGrad(adam) : adam;
  }

  private static Rule rmsProp(double rate, Fields o) {
    double decay = o.number("alpha", 0.99);
    double epsilon = epsilon(o, 1e-8);
    double momentum = o.number("momentum", 0);
    return o.flag("centered")
        ? new CenteredRmsProp(rate, decay, epsilon, momentum, Epsilon.OUTSIDE_ROOT)
        : new RmsProp(rate, decay, epsilon, momentum);
  }
}
