package dev.unroll.benchmarks;

import java.util.function.Supplier;

/**
 * A piece of work that is measured.
 *
 * @param name as in {@code --only}
 * @param unit what its figure is given in
 * @param amount operations, bytes or elements of one run, as the unit wants them
 * @param prepare makes the operands; what it returns does the work once and hands back its result
 */
record Workload(String name, Unit unit, double amount, Supplier<Supplier<Object>> prepare) {}
