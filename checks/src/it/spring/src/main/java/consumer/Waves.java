package consumer;

import dev.unroll.models.Classifier;
import org.springframework.stereotype.Service;

/** A service that predicts; a controller would call it. */
@Service
public class Waves {
  private final Classifier classifier;

  Waves(Classifier classifier) {
    this.classifier = classifier;
  }

  public String label(float[] wave) {
    return classifier.predictSeries(wave).label();
  }
}
