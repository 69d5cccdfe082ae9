package dev.unroll.checks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record refuses null where it is constructed, and names the component. */
class RecordNullsTest {
  private static Stream<Arguments> components() throws IOException, ClassNotFoundException {
    return Exported.records()
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .filter(c -> !c.getType().isPrimitive())
        .filter(c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class))
        .map(c -> Arguments.of(c.getDeclaringRecord(), c.getName()));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("components")
  void aComponentIsNotNull(Class<?> type, String component) {
    refused(type, component, component, null);
  }

  private static Stream<Arguments> collections() throws IOException, ClassNotFoundException {
    return Exported.records()
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .filter(c -> c.getType() == List.class)
        .map(c -> Arguments.of(c.getDeclaringRecord(), c.getName()));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("collections")
  void anElementIsNotNull(Class<?> type, String component) {
    refused(type, component, singular(component), Collections.singletonList(null));
  }

  private static String singular(String component) {
    return component.replaceFirst("ies$", "y").replaceFirst("s$", "");
  }

  private static void refused(
      Class<?> type, String component, String message, @Nullable Object value) {
    assertThatThrownBy(() -> Instances.of(type, Collections.singletonMap(component, value)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageStartingWith(message);
  }
}
