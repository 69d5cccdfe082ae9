package dev.unroll.autograd.randomcell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.autograd.randomcell.Leaf.Role;
import dev.unroll.autograd.randomcell.RandomCell.Expression;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Generated cells are of every kind, and failing ones are made small. */
class GeneratorTest {
  private static final List<RandomCell> CELLS =
      LongStream.range(0, 2_000).mapToObj(Generator::cell).toList();

  private static boolean has(RandomCell cell, String kind) {
    return cell.expressions().stream().anyMatch(e -> e.kind().name().equals(kind));
  }

  @Test
  void cellsContainEveryKindOfExpressionAndLeaf() {
    Set<Kind> kinds = new HashSet<>();
    Set<Role> roles = EnumSet.noneOf(Role.class);
    Set<Integer> ranks = new HashSet<>();
    for (RandomCell cell : CELLS) {
      cell.expressions().forEach(e -> kinds.add(e.kind()));
      cell.leaves().forEach(l -> roles.add(l.role()));
      cell.states().forEach(s -> ranks.add(cell.leaves().get(s).shape().rank()));
    }
    assertThat(kinds).hasSameElementsAs(Kind.ALL);
    assertThat(roles).containsExactlyInAnyOrder(Role.values());
    assertThat(ranks).contains(1, 2, 3, 4);
  }

  @Test
  void cellsHaveEveryFormOfStatesAndOutputs() {
    assertThat(CELLS).anyMatch(c -> c.steps() == 0).anyMatch(c -> c.steps() > 100);
    assertThat(CELLS).anyMatch(c -> c.batch() == 0).anyMatch(c -> c.batch() == 1);
    assertThat(CELLS).anyMatch(RandomCell::masked).anyMatch(RandomCell::backward);
    for (RandomCell.Loss loss : RandomCell.Loss.values()) {
      assertThat(CELLS).anyMatch(c -> c.loss() == loss);
    }
    assertThat(CELLS)
        .as("an output is a state")
        .anyMatch(c -> c.next().contains(c.outputs().get(0)));
    assertThat(CELLS)
        .as("a state is a concatenation that contains an output")
        .anyMatch(GeneratorTest::joinsAnOutput);
    for (Role role : List.of(Role.PARAMETER, Role.CONSTANT, Role.SEQUENCE, Role.STATE)) {
      assertThat(CELLS)
          .as("a next state is a %s", role)
          .anyMatch(c -> c.next().stream().anyMatch(v -> isLeaf(c, v, role)));
    }
    for (String kind : List.of("detach", "full", "permute", "expandLike", "concat", "slice")) {
      assertThat(CELLS)
          .as("a next state is made by %s", kind)
          .anyMatch(c -> c.next().stream().anyMatch(v -> isMade(c, v, kind)));
    }
  }

  private static boolean isLeaf(RandomCell c, int value, Role role) {
    return value < c.leaves().size() && c.leaves().get(value).role() == role;
  }

  private static boolean isMade(RandomCell c, int value, String kind) {
    int at = value - c.leaves().size();
    return at >= 0 && c.expressions().get(at).kind().name().equals(kind);
  }

  private static boolean joinsAnOutput(RandomCell c) {
    return c.next().stream()
        .filter(v -> isMade(c, v, "concat"))
        .map(v -> c.expressions().get(v - c.leaves().size()))
        .anyMatch(e -> e.in().stream().anyMatch(c.outputs()::contains));
  }

  @Test
  void aCellThatFailsIsMadeAsSmallAsItCanBe() {
    RandomCell cell =
        CELLS.stream().filter(c -> c.steps() > 2 && has(c, "matmul")).findFirst().get();
    RandomCell smallest = Shrinker.smallest(cell, c -> has(c, "matmul") && c.steps() > 1);
    assertThat(smallest.steps()).isEqualTo(2);
    assertThat(smallest.expressions().stream().map(Expression::kind).map(Kind::name))
        .contains("matmul")
        .hasSizeLessThanOrEqualTo(cell.expressions().size());
    assertThat(
            IntStream.range(0, smallest.leaves().size()).filter(i -> smallest.states().contains(i)))
        .hasSize(1);
    assertThat(smallest.operands()).allMatch(o -> o.shape().size() <= 1);
    assertThat(CellCode.of(smallest)).contains(".matmul(", "new Scan.Result(");
  }

  @Test
  void aCellIsTheSameForTheSameSeed() {
    assertThat(Generator.cell(5)).isEqualTo(Generator.cell(5));
    assertThat(Generator.cell(5)).isNotEqualTo(Generator.cell(6));
  }
}
