package dev.unroll.tensor.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.tensor.Tolerance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarFunctionsTest {
  private static final Tolerance ROUNDING = new Tolerance(0, 1e-14);

  /** Abramowitz and Stegun 1964, table 7.1, with more digits. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1e-300, 1.1283791670955126e-300",
    "1e-10, 1.1283791670955126e-10",
    "0.5, 0.5204998778130465",
    "1, 0.8427007929497149",
    "2, 0.9953222650189527",
    "3, 0.9999779095030014",
    "4, 0.9999999845827421",
    "5, 0.9999999999984626",
    "6, 1",
    "Infinity, 1",
    "NaN, NaN"
  })
  void theErrorFunctionIsOdd(double x, double expected) {
    assertThat(ROUNDING.difference(new double[] {expected}, new double[] {ScalarFunctions.erf(x)}))
        .isEmpty();
    assertThat(ROUNDING.allows(-expected, ScalarFunctions.erf(-x))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"-3", "3"})
  void bothFormulasOfTheErrorFunctionMeet(double x) {
    assertThat(ROUNDING.allows(ScalarFunctions.erf(x), ScalarFunctions.erf(Math.nextDown(x))))
        .isTrue();
  }
}
