package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.Variable;
import dev.unroll.autograd.scan.Session;
import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.optim.Optimizer;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Predictions during training: every output is computed from one version of the model. */
class ServingTest {
  private static final int TOKENS = 7;
  private static final int STEPS = 5;
  private static final int UPDATES = 5;

  private final LanguageModel model =
      LanguageModel.of(new LanguageModel.Config("lstm", TOKENS, 6, 24, 2), Init.seed(3));

  /** Outputs of the first steps, for each version and each number of steps. */
  private final Set<List<Float>> ofVersions = ConcurrentHashMap.newKeySet();

  private final Set<List<Float>> ofWholeSequences = ConcurrentHashMap.newKeySet();
  private final AtomicInteger updates = new AtomicInteger();

  /** A session, and all that it has returned. */
  private record Client(Session session, List<Float> outputs) {
    Client(Session session) {
      this(session, new ArrayList<>());
    }

    int steps() {
      return outputs.size() / TOKENS;
    }

    void step() {
      float[] logits = new float[TOKENS];
      session.step(new int[] {steps() % TOKENS}, logits);
      for (float f : logits) {
        outputs.add(f);
      }
    }
  }

  /** Records the outputs of the current version; no other thread updates the model. */
  private void remember() {
    try (Session session = model.open(1)) {
      Client client = new Client(session);
      for (int i = 0; i < STEPS; i++) {
        client.step();
        ofVersions.add(List.copyOf(client.outputs));
      }
    }
    ofWholeSequences.add(whole());
  }

  private List<Float> whole() {
    Tensor tokens = Tensor.of(Shape.of(1, STEPS), 0, 1, 2, 3, 4);
    float[] logits =
        model
            .snapshot()
            .call(() ->
                model
                    .apply(Variable.of(tokens), model.initialState(1), Mode.evaluation())
                    .logits()
                    .value()
                    .toFloats());
    List<Float> all = new ArrayList<>();
    for (float f : logits) {
      all.add(f);
    }
    return all;
  }

  /**
   * Opens sessions, takes their steps and closes them, in any order: so many, and more until the
   * training has made some updates.
   */
  private List<List<Float>> serve(int sessions, long seed) {
    Random random = new Random(seed);
    List<List<Float>> found = new ArrayList<>();
    List<Client> open = new ArrayList<>();
    int opened = 0;
    while (opened < sessions || updates.get() < UPDATES || !open.isEmpty()) {
      int choice = random.nextInt(4);
      if (open.isEmpty() || (choice == 0 && (opened < sessions || updates.get() < UPDATES))) {
        open.add(new Client(model.open(1)));
        opened++;
        continue;
      }
      Client client = open.get(random.nextInt(open.size()));
      if (client.steps() < STEPS && choice < 3) {
        client.step();
      } else if (client.steps() > 0) {
        client.session.close();
        found.add(client.outputs);
        open.remove(client);
      }
    }
    return found;
  }

  private void serveBesideTraining(int threads, int sessions, long seed) throws Exception {
    int[] text = new Random(1).ints(2000, 0, TOKENS).toArray();
    Trainer trainer =
        new Trainer(
                model,
                new LanguageModeling(model),
                Optimizer.of(new Adam(0.05), model.parameters()),
                new TokenStream(text, 2, 4))
            .listen(
                new Listener() {
                  @Override
                  public void onStep(TrainingStep step) {
                    remember();
                    updates.incrementAndGet();
                  }
                });
    remember();
    List<List<Float>> streamed = new ArrayList<>();
    List<List<Float>> whole = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService pool = Executors.newFixedThreadPool(threads + 1)) {
      Future<Trainer.Result> training = pool.submit(() -> trainer.run(Long.MAX_VALUE));
      List<Future<List<List<Float>>>> serving = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long own = seed + i;
        serving.add(
            pool.submit(() -> {
              whole.add(whole());
              List<List<Float>> found = serve(sessions / threads, own);
              whole.add(whole());
              return found;
            }));
      }
      try {
        for (Future<List<List<Float>>> f : serving) {
          streamed.addAll(f.get());
        }
      } finally {
        trainer.stop();
        training.get();
      }
    }
    assertThat(streamed).hasSizeGreaterThanOrEqualTo(sessions / threads * threads);
    assertThat(new HashSet<>(streamed.stream().map(o -> o.subList(0, TOKENS)).toList()))
        .as("versions that were served")
        .hasSizeGreaterThan(1);
    assertThat(streamed.stream().filter(o -> !ofVersions.contains(o)))
        .as("outputs of no version, seed %d", seed)
        .isEmpty();
    assertThat(whole.stream().filter(o -> !ofWholeSequences.contains(o)))
        .as("whole sequences of no version, seed %d", seed)
        .isEmpty();
  }

  @Test
  void everyOutputIsThatOfOneVersion() throws Exception {
    serveBesideTraining(2, 20, System.nanoTime());
  }

  @Test
  @Tag("slow")
  void everyOutputOfAThousandSessionsOnEightThreadsIsThatOfOneVersion() throws Exception {
    serveBesideTraining(8, 1000, System.nanoTime());
  }
}
