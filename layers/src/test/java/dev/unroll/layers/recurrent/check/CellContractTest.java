package dev.unroll.layers.recurrent.check;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.unroll.autograd.Parameter;
import dev.unroll.autograd.Variable;
import dev.unroll.layers.Activation;
import dev.unroll.layers.Dropout;
import dev.unroll.layers.Init;
import dev.unroll.layers.Mode;
import dev.unroll.layers.Parts;
import dev.unroll.layers.recurrent.Cell;
import dev.unroll.layers.recurrent.Hidden;
import dev.unroll.layers.recurrent.State;
import dev.unroll.layers.recurrent.Step;
import dev.unroll.layers.recurrent.Subjects;
import dev.unroll.layers.recurrent.cells.RnnCell;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Built-in cells satisfy the contract, and each violation is found. */
class CellContractTest {
  static Stream<String> names() {
    return Subjects.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyBuiltInCellSatisfiesTheContract(String name) {
    assertThat(CellContract.violations(init -> Subjects.cell(name, 3, 4, init))).isEmpty();
  }

  /** A cell that can be broken in many ways. */
  private record Broken(String how, RnnCell cell, Parameter idle, Map<String, RandomKey> first)
      implements Cell<Hidden> {
    private static final Random COIN = new Random(7);
    private static int calls;

    static Broken of(String how, Init init) {
      Parameter idle = how.equals("numbers") ? init.at("idle").glorot(1, 4, 1) : init.zeros(4);
      return new Broken(how, RnnCell.of(3, 4, init), idle, new HashMap<>());
    }

    @Override
    public int inputSize() {
      return 3;
    }

    @Override
    public int outputSize() {
      return how.equals("size") ? 5 : 4;
    }

    @Override
    public Hidden initialState(int batch, DType type) {
      return new Hidden(
          Cell.zeros(
              how.equals("type") ? DType.FLOAT32 : type, how.equals("start") ? 1 : batch, 4));
    }

    @Override
    public Step<Hidden> step(Variable x, Hidden s, Mode mode) {
      Variable h = cell.step(x, s, mode).output();
      switch (how) {
        case "branching" -> {
          if (Arrays.stream(h.value().toDoubles()).max().orElse(0) > 0.5) {
            h = h.mul(0.5);
          }
        }
        case "watching" -> {
          if (h.value().shape().size() > 1_000_000) { // It reads, and nothing depends on it.
            throw new IllegalStateException("too large");
          }
        }
        case "endless" -> h = step(x, s, mode).output();
        case "detached" -> h = h.add(s.h().detach());
        case "rows" -> h = h.add(h.sumTo(Shape.of(1, 4)));
        case "counting" -> h = h.affine(1, calls++);
        case "wide" -> {
          return new Step<>(h, new Hidden(Variable.concat(1, h, h)));
        }
        case "throws" -> throw new IllegalStateException("not today");
        case "misfit" -> h = h.matmul(x);
        case "leaking" -> {
          Variable all = h.sumTo(Shape.of(1, 4));
          h = h.add(all.sub(all.detach())); // Nothing, with a gradient.
        }
        case "double" -> {
          Variable other = Variable.of(h.value().to(DType.FLOAT64));
          return new Step<>(h, new Hidden(other));
        }
        case "coin" -> {
          if (mode instanceof Mode.Training) {
            h = h.mul(1 + COIN.nextDouble());
          }
        }
        case "constant" -> {
          if (mode instanceof Mode.Training) {
            h = new Dropout(0.5).apply(h, Mode.training(RandomKey.of(7)));
          }
        }
        case "shared" -> {
          if (mode instanceof Mode.Training training) {
            Tensor row = training.key().bernoulli(h.type(), Shape.of(1, 4), 0.5);
            h = h.mul(Variable.of(row));
          }
        }
        case "forgotten" -> h = h.add(idle);
        case "numbers" -> h = h.add(idle.detach());
        case "rare" -> h = new Dropout(0.001).apply(h, mode);
        case "annealed" -> h = h.mul(1 + 1e-3 * calls++);
        case "memo" -> {
          if (mode instanceof Mode.Training training) {
            first.putIfAbsent(how, training.key());
            Mode.Training old = new Mode.Training(first.get(how), training.noise());
            h = new Dropout(0.5).apply(h, old);
          }
        }
        case "random" -> {
          if (mode instanceof Mode.Training) {
            double noise = RandomKey.of(System.nanoTime()).unit(0);
            h = h.mul(noise);
          }
        }
        default -> {}
      }
      return new Step<>(h, new Hidden(h));
    }

    @Override
    public void describe(Parts parts) {
      if (!how.equals("undescribed")) {
        parts.layer("cell", cell);
      }
      if (how.equals("idle")) {
        parts.parameter("idle", idle);
      }
    }
  }

  private static List<String> violations(String how) {
    return CellContract.violations(init -> Broken.of(how, init));
  }

  /** Only the cause is reported, without its consequences; a correct cell may read values. */
  @Test
  void aStepThatReadsValuesIsNamedWithItsLine() {
    assertThat(violations("branching"))
        .singleElement(as(STRING))
        .startsWith("Its step reads the value of ")
        .contains("CellContractTest$Broken.step(CellContractTest.java:")
        .endsWith(": by it, a masked step or another sequence of the batch changes the results.");
    assertThat(violations("watching")).isEmpty();
  }

  @Test
  void aStepThatCallsItselfIsNamedWithItsLine() {
    assertThat(violations("endless"))
        .singleElement(as(STRING))
        .startsWith("It throws java.lang.StackOverflowError, at ")
        .contains("CellContractTest");
  }

  @Test
  void eachViolationIsOneSentence() {
    assertThat(violations("nothing")).isEmpty();
    assertThat(violations("size"))
        .containsExactly("It outputs [3, 4], expected [3, 5]: outputSize().");
    assertThat(violations("type"))
        .contains(
            "A variable of the initial state of 3 sequences is float32 [3, 4], expected float64"
                + " [3, ...].");
    assertThat(violations("start"))
        .contains(
            "A variable of the initial state of 3 sequences is float64 [1, 4], expected float64"
                + " [3, ...].");
    assertThat(violations("wide"))
        .containsExactly("Variable 0 of its state is [3, 4] at first and [3, 8] after a step.");
    assertThat(violations("throws"))
        .singleElement(as(STRING))
        .matches(
            "It throws java.lang.IllegalStateException: not today, at"
                + " dev\\.unroll\\.layers\\.recurrent\\.check\\.CellContractTest\\$Broken\\.step"
                + "\\(CellContractTest\\.java:[0-9]+\\)\\.");
    assertThat(violations("misfit"))
        .singleElement(as(STRING))
        .startsWith("It throws java.lang.IllegalArgumentException: [matmul] ")
        .contains("Broken.step(CellContractTest.java:");
    assertThat(violations("leaking"))
        .contains(
            "The values of a masked step, or another sequence of the batch, change the gradient with respect to"
                + " its inputs.");
    assertThat(violations("double"))
        .contains("Variable 0 of its state is float32 at first and float64 after a step.");
    assertThat(violations("coin"))
        .containsExactly("In training, the same key does not give the same outputs.");
    assertThat(violations("annealed"))
        .containsExactly("Called again with the same inputs, it returns different outputs.");
    assertThat(violations("memo"))
        .contains(
            "A call depends on earlier calls: its outputs differ from those of a cell that was not called before.");
    assertThat(violations("constant"))
        .containsExactly(
            "In training, its outputs differ from those in evaluation, but are the same for every key: its random numbers do not come from the mode.");
    assertThat(violations("shared"))
        .containsExactly("In training, all sequences of a batch receive the same random numbers.");
    assertThat(violations("rare")).isEmpty();
    assertThat(violations("detached"))
        .anyMatch(s ->
            s.startsWith("The gradient with respect to variable 0 of its state, element 0, is "))
        .anyMatch(s ->
            s.startsWith(
                "The gradient with respect to parameter cell.weightInput, element 0, is "));
    assertThat(violations("rows"))
        .contains("A sequence in a batch differs from the same sequence alone.");
    assertThat(violations("counting"))
        .containsExactly("Called again with the same inputs, it returns different outputs.");
    assertThat(violations("random"))
        .contains("In training, the same key does not give the same outputs.");
    assertThat(violations("idle")).contains("Parameter idle receives no gradient.");
    assertThat(violations("undescribed"))
        .containsExactly(
            "It reads a parameter [3, 4] that it does not describe: it is neither trained nor saved.",
            "It reads a parameter [4, 4] that it does not describe: it is neither trained nor saved.",
            "It reads a parameter [4] that it does not describe: it is neither trained nor saved.");
    assertThat(violations("numbers"))
        .containsExactly(
            "A cell that loads the values of another returns different outputs: not all of its values are described.");
    assertThat(violations("forgotten"))
        .containsExactly(
            "It reads a parameter [4] that it does not describe: it is neither trained nor saved.");
  }

  @Test
  void aFixedTypeIsFound() {
    assertThat(CellContract.violations(init -> RnnCell.of(3, 4, Init.seed(1))))
        .contains("Parameter weightInput is float32, expected the type of Init, float64.");
  }

  @Test
  void weightsThatIgnoreTheSeedAreFound() {
    assertThat(
            CellContract.violations(
                init -> RnnCell.of(3, 4, new Init(init.type(), RandomKey.of(1)))))
        .containsExactly("Its weights are the same for every seed: they do not come from Init.");
    assertThat(
            CellContract.violations(init ->
                new RnnCell(
                    init.full(0.5, 3, 4), init.identity(4), init.zeros(4), Activation.tanh())))
        .isEmpty();
  }

  /**
   * A memory {@code [B, D, 4]} with a gate for each sequence, which is either given the rank of the
   * memory or broadcast from the right, where it meets the rows of the memory.
   */
  private record Gated(RnnCell cell, int depth, boolean right) implements Cell<Gated.Memory> {
    record Memory(Variable m) implements State<Memory> {
      @Override
      public Memory map(UnaryOperator<Variable> f) {
        return new Memory(f.apply(m));
      }
    }

    @Override
    public int inputSize() {
      return 3;
    }

    @Override
    public int outputSize() {
      return 4;
    }

    @Override
    public Memory initialState(int batch, DType type) {
      return new Memory(Variable.of(Tensor.full(type, Shape.of(batch, depth, 4), 0)));
    }

    @Override
    public Step<Memory> step(Variable x, Memory s, Mode mode) {
      int batch = x.shape().dim(0);
      Variable read = s.m().sumTo(Shape.of(batch, 1, 4)).reshape(Shape.of(batch, 4));
      Variable h = cell.step(x, new Hidden(read), mode).output();
      Variable gate = h.slice(1, 0, 1).sigmoid();
      Variable kept = s.m().mul(right ? gate : State.column(gate, s.m()));
      return new Step<>(h, new Memory(kept.add(h.reshape(Shape.of(batch, 1, 4)))));
    }

    @Override
    public void describe(Parts parts) {
      parts.layer("cell", cell);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aGateBroadcastOverTheWrongAxisIsFound(int depth) {
    assertThat(CellContract.violations(init -> new Gated(RnnCell.of(3, 4, init), depth, false)))
        .isEmpty();
    assertThat(CellContract.violations(init -> new Gated(RnnCell.of(3, 4, init), depth, true)))
        .isNotEmpty()
        .allSatisfy(
            s -> assertThat(s).containsAnyOf("after a step", "Gated.step(CellContractTest"));
  }
}
