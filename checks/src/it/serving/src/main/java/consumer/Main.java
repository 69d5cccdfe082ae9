package consumer;

import dev.unroll.data.Example;
import dev.unroll.data.ExampleBatches;
import dev.unroll.data.Order;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Init;
import dev.unroll.layers.Linear;
import dev.unroll.layers.loss.Loss;
import dev.unroll.layers.recurrent.Unroll;
import dev.unroll.layers.recurrent.cells.GruCell;
import dev.unroll.layers.sequence.ManyToOne;
import dev.unroll.layers.sequence.Pooling;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.training.Listener;
import dev.unroll.training.Trainer;
import dev.unroll.training.TrainingStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Serves a model to 16 clients while it is trained; compares each answer with those of its version. */
final class Main {
  private static final int FEATURES = 3;
  private static final int UPDATES = 60;

  private Main() {}

  static void main() throws Exception {
    Init init = Init.seed(1);
    ManyToOne model =
        new ManyToOne(
            Activation.identity(),
            Unroll.of(GruCell.of(FEATURES, 16, init.at("cell"))),
            Pooling.last(),
            Linear.of(16, 2, init.at("head")));
    List<String> bodies = bodies(8);
    Map<Long, List<String>> answers = new ConcurrentHashMap<>(); // by version and body
    answers.put(0L, answers(model, 0, bodies));
    try (Endpoint endpoint = new Endpoint(model, FEATURES, 0);
        ExecutorService training = Executors.newSingleThreadExecutor()) {
      refusals(endpoint);
      Trainer trainer =
          trainer(model)
              .listen(
                  new Listener() {
                    @Override
                    public void onStep(TrainingStep step) {
                      long version = answers.size();
                      answers.put(version, answers(model, version, bodies));
                      endpoint.publish(version);
                    }
                  });
      Future<?> result = training.submit(() -> trainer.run(UPDATES));
      List<Clients.Reply> replies =
          Clients.run(16, endpoint.address(), bodies, () -> !result.isDone());
      result.get();
      report(replies, answers);
    }
  }

  private static void report(List<Clients.Reply> replies, Map<Long, List<String>> answers) {
    Set<String> distinct = new HashSet<>();
    answers.forEach((version, texts) -> distinct.add(texts.getFirst().split(" ", 2)[1]));
    Set<Long> served = new HashSet<>();
    long wrong = 0;
    for (Clients.Reply r : replies) {
      if (r.status() != 200) {
        wrong++;
        continue;
      }
      long version = Long.parseLong(r.text().split(" ", 2)[0]);
      served.add(version);
      wrong += answers.get(version).get(r.body()).equals(r.text()) ? 0 : 1;
    }
    System.out.println(replies.size() + " replies of " + served.size() + " versions");
    System.out.println("replies per client: " + (replies.size() >= 10 * 16 ? "enough" : "too few"));
    System.out.println("versions served: " + (served.size() > 1 ? "several" : "one"));
    System.out.println("versions differ: " + (distinct.size() > UPDATES / 2));
    System.out.println("wrong replies: " + wrong);
  }

  private static void refusals(Endpoint endpoint) throws Exception {
    for (String body : List.of("", "1 2", "1 2 x", "1 NaN 3", "1 2 3\n\n4 5 6")) {
      var response = Clients.post(endpoint.address(), body);
      System.out.println("refused: " + response.statusCode() + " " + response.body());
    }
  }

  /** Returns the answers of the current weights; called by the thread that updates them. */
  private static List<String> answers(ManyToOne model, long version, List<String> bodies) {
    return bodies.stream()
        .map(b -> Endpoint.text(version, Endpoint.predict(model, Endpoint.parse(b, FEATURES))))
        .toList();
  }

  private static List<String> bodies(int n) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      StringBuilder body = new StringBuilder();
      for (int t = 0; t <= i; t++) {
        body.append(i).append(' ').append(0.5 * t).append(' ').append(-t).append('\n');
      }
      all.add(body.toString());
    }
    return all;
  }

  private static Trainer trainer(ManyToOne model) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      Tensor x = RandomKey.of(i).normal(DType.FLOAT32, Shape.of(6, FEATURES), 0, 1);
      int label = x.toFloats()[0] > 0 ? 1 : 0;
      examples.add(new Example(x, Tensor.of(Shape.of(), new int[] {label})));
    }
    return new Trainer(
        model,
        Loss.crossEntropy(),
        Optimizer.of(new Adam(0.01), model.parameters()),
        new ExampleBatches(examples, Order.shuffled(examples.size(), 8, RandomKey.of(7))));
  }
}
