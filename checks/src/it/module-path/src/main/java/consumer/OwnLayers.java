package consumer;

import dev.unroll.models.LayerProvider;
import dev.unroll.models.LayerType;
import java.util.Map;

/** Makes the layer known to model files. */
public final class OwnLayers implements LayerProvider {
  @Override
  public Map<String, LayerType<?>> byName() {
    return Map.of("halved", LayerType.of(Halved.class));
  }
}
