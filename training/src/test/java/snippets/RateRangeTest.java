package snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.TokenStream;
import dev.unroll.layers.Init;
import dev.unroll.layers.sequence.LanguageModel;
import dev.unroll.optim.Adam;
import dev.unroll.training.LanguageModeling;
import dev.unroll.training.RateCurve;
import dev.unroll.training.RateRange;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Examples in the Javadoc of {@link RateRange} and {@link RateCurve}. */
class RateRangeTest {
  @Test
  void rateRange() {
    LanguageModel model =
        LanguageModel.of(new LanguageModel.Config("gru", 5, 4, 6, 1), Init.seed(1));
    TokenStream text = new TokenStream(IntStream.range(0, 400).map(i -> i % 5).toArray(), 4, 10);
    // @start region="RateRange"
    RateCurve curve =
        RateRange.of(model, new LanguageModeling(model), Adam::new, text)
            .between(1e-5, 1)
            .updates(60)
            .run();
    double rate = curve.suggestion().orElse(1e-3);
    // @end
    assertThat(rate).isBetween(1e-4, 0.5);
    // @start region="RateCurve"
    RateCurve flat = new RateCurve(List.of(0.01, 0.1, 1.0), List.of(2.0, 2.0, 2.0));
    OptionalDouble none = flat.suggestion(); // empty: the loss falls nowhere
    List<Double> losses = curve.smoothed(); // to plot over the logarithm of curve.rates()
    // @end
    assertThat(none).isEmpty();
    assertThat(losses).hasSameSizeAs(curve.rates());
  }
}
