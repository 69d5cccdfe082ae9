package dev.unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.JavaProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bits of a result do not depend on who computes it. */
class ThreadsTest {
  private static List<String> lines(JavaProcess process) throws Exception {
    return process.output().lines().toList();
  }

  @Test
  @Tag("once")
  void anyNumberOfThreadsGivesTheSameBits() throws Exception {
    List<String> one = lines(JavaProcess.of(Workload.class, "-Ddev.unroll.threads=1"));
    assertThat(one.getFirst()).endsWith(" 1");
    assertThat(one).hasSize(1 + Workload.calls().size());
    for (int threads : new int[] {2, 3, 8}) {
      // With the first compiler only: that is another way to the same bits, and starts faster.
      List<String> many =
          lines(
              JavaProcess.of(
                  Workload.class, "-XX:TieredStopAtLevel=1", "-Ddev.unroll.threads=" + threads));
      assertThat(many.getFirst()).endsWith(" " + threads);
      assertThat(many.subList(1, many.size())).isEqualTo(one.subList(1, one.size()));
    }
  }

  @Test
  void callersAtTheSameTimeGetTheSameBits() throws Exception {
    Map<String, Tensor> alone = new LinkedHashMap<>();
    Workload.calls().forEach((name, call) -> alone.put(name, call.get()));
    try (ExecutorService callers = Executors.newFixedThreadPool(3)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(
            callers.submit(() ->
                Workload.calls()
                    .forEach((name, call) ->
                        assertThat(call.get().sameBits(alone.get(name))).as(name).isTrue())));
      }
      for (Future<?> f : all) {
        f.get();
      }
    }
  }
}
