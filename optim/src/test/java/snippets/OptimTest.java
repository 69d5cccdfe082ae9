package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Gradient;
import dev.unroll.autograd.Gradients;
import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.optim.Adadelta;
import dev.unroll.optim.Adagrad;
import dev.unroll.optim.Adam;
import dev.unroll.optim.AdamW;
import dev.unroll.optim.AmsGrad;
import dev.unroll.optim.CenteredRmsProp;
import dev.unroll.optim.Clipping;
import dev.unroll.optim.CoupledDecay;
import dev.unroll.optim.DecoupledDecay;
import dev.unroll.optim.Epsilon;
import dev.unroll.optim.Momentum;
import dev.unroll.optim.Nesterov;
import dev.unroll.optim.Optimizer;
import dev.unroll.optim.OptimizerFactory;
import dev.unroll.optim.OptimizerProvider;
import dev.unroll.optim.Optimizers;
import dev.unroll.optim.Plateau;
import dev.unroll.optim.RmsProp;
import dev.unroll.optim.Rule;
import dev.unroll.optim.Schedule;
import dev.unroll.optim.Sgd;
import dev.unroll.optim.WeightAverage;
import dev.unroll.tensor.Program;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@code dev.unroll.optim}: a plane fitted to points. */
class OptimTest {
  private final Parameter weight = new Parameter(Tensor.of(Shape.of(2), 1.0, -1.0));
  private final Parameter bias = new Parameter(Tensor.of(Shape.of(), 0.5));
  private final Map<String, Parameter> parameters = Map.of("weight", weight, "bias", bias);
  private final List<Tensor> batches =
      List.of(
          Tensor.of(Shape.of(2, 2), 1.0, 2.0, 3.0, 1.0),
          Tensor.of(Shape.of(2, 2), -1.0, 1.0, 2.0, 2.0));
  private final double before = validationLoss();

  private Variable loss(Tensor batch) {
    Variable error = Variable.of(batch).mul(weight).add(bias);
    return error.mul(error).sum();
  }

  private double validationLoss() {
    return loss(batches.getFirst()).value().item();
  }

  private Map<Parameter, Gradient> gradients() {
    return Gradients.of(loss(batches.getFirst()), parameters.values());
  }

  /** An update that lowers the loss: what every optimizer here can do. */
  private void lowers(Optimizer optimizer) {
    optimizer.update(gradients());
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void optimizer() {
    // @start region="Optimizer"
    Optimizer optimizer = Optimizer.of(new Adam(), parameters);
    for (Tensor batch : batches) {
      Variable loss = loss(batch);
      optimizer.update(Gradients.of(loss, parameters.values()));
    }
    // @end
    assertThat(optimizer.updates()).isEqualTo(2);
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void group() {
    // @start region="Group"
    Optimizer optimizer =
        Optimizer.of(
            List.of(
                new Optimizer.Group(new AdamW(0.001, 0.01), Map.of("weight", weight)),
                new Optimizer.Group(new Adam(0.001), Map.of("bias", bias)))); // without decay
    // @end
    lowers(optimizer);
  }

  @Test
  void adadelta() {
    // @start region="Adadelta"
    Optimizer optimizer = Optimizer.of(new Adadelta(), parameters); // no rate to choose
    optimizer.update(gradients());
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void adagrad() {
    // @start region="Adagrad"
    Optimizer optimizer = Optimizer.of(new Adagrad(0.1), parameters);
    optimizer.update(gradients());
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void adam() {
    // @start region="Adam"
    Rule adam = new Adam(0.002); // beta1, beta2 and epsilon as in the paper
    Optimizer optimizer = Optimizer.of(adam, parameters);
    optimizer.update(gradients());
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void adamW() {
    // @start region="AdamW"
    Schedule schedule = Schedule.cosine(10_000).warmUp(500);
    Optimizer optimizer = Optimizer.of(new AdamW(0.001, 0.05), parameters);
    optimizer.update(gradients(), schedule.factor(optimizer.updates()));
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void amsGrad() {
    // @start region="AmsGrad"
    Rule rule = new AmsGrad(new Adam(0.001, 0.9, 0.99, 1e-8));
    Optimizer optimizer = Optimizer.of(rule, parameters);
    optimizer.update(gradients());
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void centeredRmsProp() {
    // @start region="CenteredRmsProp"
    // PyTorch: RMSprop(params, lr=0.01, alpha=0.99, eps=1e-8, centered=True)
    Rule rule = new CenteredRmsProp(0.01, 0.99, 1e-8, 0, Epsilon.OUTSIDE_ROOT);
    Optimizer optimizer = Optimizer.of(rule, parameters);
    // @end
    lowers(optimizer);
  }

  @Test
  void rmsProp() {
    // @start region="RmsProp"
    // PyTorch: RMSprop(params, lr=0.01, alpha=0.99, eps=1e-8, momentum=0.9)
    Rule rule = new RmsProp(0.01, 0.99, 1e-8, 0.9);
    Optimizer optimizer = Optimizer.of(rule, parameters);
    // @end
    lowers(optimizer);
  }

  @Test
  void momentum() {
    // @start region="Momentum"
    Optimizer optimizer = Optimizer.of(new Momentum(0.01, 0.95), parameters);
    optimizer.update(gradients());
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void nesterov() {
    // @start region="Nesterov"
    Optimizer optimizer = Optimizer.of(new Nesterov(0.01, 0.99), parameters);
    optimizer.update(gradients());
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void sgd() {
    // @start region="Sgd"
    Schedule decay = Schedule.inverse(0.01); // rates that decrease, as the paper asks
    Optimizer optimizer = Optimizer.of(new Sgd(0.05), parameters);
    optimizer.update(gradients(), decay.factor(optimizer.updates()));
    // @end
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void coupledDecay() {
    // @start region="CoupledDecay"
    // PyTorch: SGD(params, lr=0.01, weight_decay=1e-4)
    Rule rule = new CoupledDecay(new Sgd(0.01), 1e-4);
    Optimizer optimizer = Optimizer.of(rule, parameters);
    // @end
    lowers(optimizer);
  }

  @Test
  void decoupledDecay() {
    // @start region="DecoupledDecay"
    Rule sgdW = new DecoupledDecay(new Momentum(0.01), 1e-4);
    Optimizer optimizer = Optimizer.of(sgdW, parameters);
    // @end
    lowers(optimizer);
  }

  @Test
  void clipping() {
    Optimizer optimizer = Optimizer.of(new Sgd(0.01), parameters);
    Variable loss = loss(batches.getFirst());
    // @start region="Clipping"
    Map<Parameter, Gradient> gradients = Gradients.of(loss, parameters.values());
    Clipping.Clipped clipped = Clipping.globalNorm(gradients, 1);
    optimizer.update(clipped.gradients());
    // @end
    assertThat(clipped.norm()).isGreaterThan(1);
    assertThat(Clipping.globalNorm(clipped.gradients(), 1).norm()).isBetween(0.999, 1.001);
    // @start region="ClippingMethod"
    Clipping.Method method = Clipping.byValue(0.01);
    Clipping.Clipped clamped = method.apply(gradients);
    // @end
    assertThat(clamped.norm()).isEqualTo(clipped.norm());
    assertThat(Clipping.globalNorm(clamped.gradients(), 1).norm()).isLessThan(clamped.norm());
  }

  @Test
  void plateau() {
    Optimizer optimizer = Optimizer.of(new Sgd(0), parameters);
    // @start region="Plateau"
    Plateau schedule = new Plateau(3, 0.5);
    for (int epoch = 0; epoch < 10; epoch++) {
      for (Tensor batch : batches) {
        optimizer.update(
            Gradients.of(loss(batch), parameters.values()), schedule.factor(optimizer.updates()));
      }
      schedule.observe(validationLoss());
    }
    // @end
    assertThat(schedule.factor(optimizer.updates())).isEqualTo(0.125); // after epochs 4, 7 and 10
  }

  @Test
  void schedule() {
    Optimizer optimizer = Optimizer.of(new Sgd(0.01), parameters);
    // @start region="Schedule"
    Schedule schedule = Schedule.cosine(10_000).warmUp(500);
    optimizer.update(gradients(), schedule.factor(optimizer.updates()));
    // @end
    assertThat(schedule.factor(499)).isGreaterThan(schedule.factor(0));
    assertThat(validationLoss()).isLessThan(before);
  }

  @Test
  void weightAverage() {
    Optimizer optimizer = Optimizer.of(new Sgd(0.01), parameters);
    // @start region="WeightAverage"
    WeightAverage average = new WeightAverage(0.999, parameters);
    for (Tensor batch : batches) {
      optimizer.update(Gradients.of(loss(batch), parameters.values()));
      average.update();
    }
    double loss = average.during(this::validationLoss);
    // @end
    assertThat(loss).isBetween(validationLoss(), before);
  }

  // @start region="Rule"
  /** Moves by the sign of the gradient alone. */
  record SignDescent(double learningRate) implements Rule {
    @Override
    public String name() {
      return "sign";
    }

    @Override
    public List<String> memory() {
      return List.of();
    }

    @Override
    public List<Integer> emit(
        Program.Builder p, double rate, long update, int theta, int g, List<Integer> memory) {
      int sign = p.divRoot(g, 1, p.mul(g, g), 1e-12); // g / (sqrt(g^2) + epsilon)
      return List.of(p.linear(1, theta, -rate, sign));
    }
  }

  // @end

  @Test
  void rule() {
    lowers(Optimizer.of(new SignDescent(0.01), parameters));
    assertThat(weight.value().toDoubles()[0]).isBetween(0.989, 0.991);
  }

  // @start region="OptimizerProvider"
  /** Listed under "provides" in the module-info of its module, and in META-INF/services. */
  public static final class MyOptimizers implements OptimizerProvider {
    @Override
    public Map<String, OptimizerFactory> byName() {
      return Map.of("sign", p -> Optimizer.of(new SignDescent(0.01), p));
    }
  }

  // @end

  @Test
  void provider() {
    lowers(Objects.requireNonNull(new MyOptimizers().byName().get("sign")).create(parameters));
  }

  @Test
  void optimizers() {
    // @start region="Optimizers"
    Optimizer adam = Optimizers.named("adam", parameters); // with the defaults of its paper
    // @end
    lowers(adam);
  }

  @Test
  void factory() {
    // @start region="OptimizerFactory"
    OptimizerFactory slow = parameters -> Optimizer.of(new AdamW(0.0003, 0.1), parameters);
    OptimizerFactory fast = p -> Optimizer.of(new Nesterov(0.01), p);
    // @end
    lowers(slow.create(parameters));
    lowers(fast.create(parameters));
  }
}
