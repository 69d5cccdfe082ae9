package dev.unroll.autograd.scan;

import dev.unroll.autograd.plan.TracedStep;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The plans of a scan, one for each structure that its step has shown: another mode or other sizes
 * choose another plan by themselves.
 */
final class PlanCache {
  private static final int MOST = 64;

  private final Map<Object, StructurePlans> structures = latest();

  /** Returns a map that keeps the entries that were used last. */
  static <T> Map<Object, T> latest() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, T> eldest) {
            return size() > MOST;
          }
        });
  }

  /** Returns the plans of traces with the structure of this one. */
  StructurePlans of(TracedStep traced) {
    return structures.computeIfAbsent(traced.structure(), _ -> new StructurePlans());
  }
}
