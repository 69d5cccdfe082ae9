package dev.unroll.benchmarks;

import java.util.function.Supplier;

/**
 * A workload to measure.
 *
 * @param name the name, as for {@code --only}
 * @param unit the unit of its figure
 * @param amount the number of operations, bytes or elements of one run, according to the unit
 * @param prepare creates the operands; the result runs the workload once
 */
record Workload(String name, Unit unit, double amount, Supplier<Supplier<Object>> prepare) {}
