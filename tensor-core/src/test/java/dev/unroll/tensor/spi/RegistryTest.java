package dev.unroll.tensor.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // Null is what is tested.
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

  private static void refuses(Map<String, Integer> byName, String message) {
    assertThatThrownBy(() -> Registry.of("number", List.of(new Numbers(byName))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            message.formatted(
                "[number] expected", "from dev.unroll.tensor.spi.RegistryTest$Numbers"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "one:two", "One", "onE", "\u00c9ins", "one two", "one\n", "\u0000"})
  void aNameIsInLowerCaseWithoutColonsAndSpaces(String name) {
    String message = "%s names in lower case, without colons and spaces, %s, got \"";
    refuses(Map.of(name, 1), message + name + "\"");
  }

  @Test
  void aProviderReturnsNoNull() {
    refuses(null, "%s a map of names %s, got null");
    refuses(Collections.singletonMap(null, 1), "%s names %s, got null");
    refuses(
        Collections.singletonMap("one", null), "%s an implementation named \"one\" %s, got null");
  }

  @Test
  void aFactoryReturnsNoNull() {
    Registry<Integer> r = Registry.of("number", List.of(new Numbers(Map.of("one", 1))));
    assertThat(r.<String>create("one", n -> "n" + n)).isEqualTo("n1");
    assertThatThrownBy(() -> r.create("one", n -> null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "[number] expected an object named \"one\" from "
                + "dev.unroll.tensor.spi.RegistryTest$Numbers, got null");
    assertThatThrownBy(() -> r.create("two", n -> "n" + n))
        .hasMessage("no number named \"two\"; found: one");
  }

  @Test
  void twoOfOneNameAreAnError() {
    List<Numbers> both = List.of(new Numbers(Map.of("one", 1)), new Numbers(Map.of("one", 2)));
    assertThatThrownBy(() -> Registry.of("number", both))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("two numbers are named \"one\": ");
  }
}
