package dev.unroll.tensor.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private record Numbers(Map<String, Integer> byName) implements Provider<Integer> {}

  @Test
  void namesAreSortedOverAllProviders() {
    Registry<Integer> r =
        Registry.of(
            "number",
            List.of(new Numbers(Map.of("two", 2, "one", 1)), new Numbers(Map.of("six", 6))));
    assertThat(r.names()).containsExactly("one", "six", "two");
    assertThat(r.all()).containsExactly(1, 6, 2);
    assertThat(r.named("six")).isEqualTo(6);
    assertThatThrownBy(() -> r.named("ten"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no number named \"ten\"; found: one, six, two");
    assertThatThrownBy(() -> r.named(null)).hasMessage("name");
  }

  @Test
  void twoOfOneNameAreAnError() {
    List<Numbers> both = List.of(new Numbers(Map.of("one", 1)), new Numbers(Map.of("one", 2)));
    assertThatThrownBy(() -> Registry.of("number", both))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("two numbers are named \"one\": ");
  }
}
