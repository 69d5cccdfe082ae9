package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first and the last event of a run. */
class ListenerEventsTest {
  private final List<String> events = new ArrayList<>();

  private record Recording(String name, List<String> events, String failing) implements Listener {
    private void add(String event) throws IOException {
      events.add(name + " " + event);
      if (event.startsWith(failing)) {
        throw new IOException(name + " fails at " + event);
      }
    }

    @Override
    public void onStart(long step, long steps) throws IOException {
      add("start " + step + " of " + steps);
    }

    @Override
    public void onEnd(long step) throws IOException {
      add("end " + step);
    }
  }

  private Recording recording(String name, String failing) {
    return new Recording(name, events, failing);
  }

  @Test
  void aRunHasAStartAndAnEnd() throws IOException {
    Trainer t = new Line(4).trainer.listen(recording("a", "-"));
    t.run(3);
    t.runEpochs(2);
    assertThat(events).containsExactly("a start 0 of 3", "a end 3", "a start 3 of 6", "a end 6");
  }

  @Test
  void aListenerThatFailsAtTheStartEndsThoseBefore() {
    Line line = new Line(4);
    line.trainer.listen(recording("a", "-")).listen(recording("b", "start"));
    assertThatThrownBy(() -> line.trainer.run(3)).hasMessage("b fails at start 0 of 3");
    assertThat(events).containsExactly("a start 0 of 3", "b start 0 of 3", "a end 0");
    assertThat(line.trainer.steps()).isZero();
  }

  @Test
  void everyListenerEndsIfOneFailsThere() {
    Line line = new Line(4);
    line.trainer.listen(recording("a", "end")).listen(recording("b", "end"));
    assertThatThrownBy(() -> line.trainer.run(3))
        .hasMessage("a fails at end 3")
        .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("b fails at end 3"));
  }
}
