package dev.unroll.tensor.kernel;

import dev.unroll.tensor.spi.KernelProvider;
import dev.unroll.tensor.spi.Kernels;
import dev.unroll.tensor.spi.Registry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernels of this process, chosen once: by {@code -Ddev.unroll.kernels}, or by priority. */
public final class Selection {
  private static final String KIND = "kernel provider";
  private static final Logger LOG = LoggerFactory.getLogger("dev.unroll.tensor");

  private record Chosen(
      KernelProvider provider, Kernels<float[]> float32, Kernels<double[]> float64) {
    static final Attempt<Chosen> ONCE = Attempt.of(Chosen::announced);

    private static Chosen announced() {
      List<KernelProvider> found =
          Registry.load(
                  KIND, KernelProvider.class, l -> ServiceLoader.load(KernelProvider.class, l))
              .all();
      KernelProvider chosen = select(found, System.getProperty("dev.unroll.kernels"));
      String others =
          found.stream()
              .filter(p -> p.priority() > chosen.priority() && !p.obstacle().isEmpty())
              .map(p -> "; " + p.name() + " is not available: " + p.obstacle())
              .findFirst()
              .orElse("");
      LOG.info(
          "kernels: {}{}, {} threads{}",
          chosen.name(),
          chosen.vectorBits() > 0 ? " (" + chosen.vectorBits() + "-bit vectors)" : "",
          Team.size(),
          others);
      return new Chosen(chosen, chosen.float32(), chosen.float64());
    }
  }

  private Selection() {}

  /**
   * Returns the chosen provider.
   *
   * @throws IllegalArgumentException if the one asked for is unknown or not available; the message
   *     lists those there are
   */
  public static KernelProvider provider() {
    return Chosen.ONCE.get().provider;
  }

  /** Returns the chosen kernels over {@code float[]}: see {@link #provider}. */
  public static Kernels<float[]> float32() {
    return Chosen.ONCE.get().float32;
  }

  /** Returns the chosen kernels over {@code double[]}: see {@link #provider}. */
  public static Kernels<double[]> float64() {
    return Chosen.ONCE.get().float64;
  }

  /**
   * Chooses among providers.
   *
   * @param name the one asked for, or null for the available one of the highest priority
   * @throws IllegalStateException if two have one name, or the one asked for is unknown or not
   *     available
   */
  static KernelProvider select(List<KernelProvider> found, @Nullable String name) {
    List<KernelProvider> all = Registry.of(KIND, found).all();
    if (name == null) {
      return all.stream()
          .filter(p -> p.obstacle().isEmpty())
          .max(Comparator.comparingInt(KernelProvider::priority))
          .orElseThrow(
              () -> new IllegalStateException("no kernel provider available; found: " + list(all)));
    }
    Optional<KernelProvider> named = all.stream().filter(p -> p.name().equals(name)).findFirst();
    if (named.isEmpty()) {
      throw new IllegalStateException(
          "no kernel provider named \"" + name + "\" (-Ddev.unroll.kernels); found: " + list(all));
    }
    if (!named.get().obstacle().isEmpty()) {
      throw new IllegalStateException(
          "kernel provider \"" + name + "\" is not available: " + named.get().obstacle());
    }
    return named.get();
  }

  private static String list(List<KernelProvider> providers) {
    return String.join(
        ", ", providers.stream().map(p -> p.name() + " (" + Registry.origin(p) + ")").toList());
  }
}
