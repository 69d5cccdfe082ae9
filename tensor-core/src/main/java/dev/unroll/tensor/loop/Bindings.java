package dev.unroll.tensor.loop;

import dev.unroll.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The caller's tensor for each input of a loop: created once, with the loop, and used by each run.
 *
 * @param <K> the caller's keys
 */
public final class Bindings<K> {
  private final Map<LoopInput, K> keys;

  private Bindings(Map<LoopInput, K> keys) {
    this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /** Returns bindings of inputs to keys, which are bound in the order of the map. */
  public static <K> Bindings<K> of(Map<LoopInput, K> keys) {
    return new Bindings<>(keys);
  }

  /** Returns the key of each input. */
  public Map<LoopInput, K> keys() {
    return keys;
  }

  /**
   * Binds all inputs of a sweep.
   *
   * @param sweep 0 forward, 1 backward
   * @param tensors by key
   * @throws IllegalStateException if a key has no tensor
   */
  public void bind(LoopRun run, int sweep, Function<? super K, @Nullable Tensor> tensors) {
    keys.forEach((input, key) -> {
      if (input.sweep() == sweep) {
        Tensor t = tensors.apply(key);
        if (t == null) {
          throw new IllegalStateException("[loop] no tensor for " + key);
        }
        run.bind(input, t);
      }
    });
  }
}
