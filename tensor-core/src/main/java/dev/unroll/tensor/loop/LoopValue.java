package dev.unroll.tensor.loop;

import dev.unroll.tensor.Shape;

/**
 * A floating-point value of a loop: one that is bound, carried, computed or accumulated.
 *
 * @param id its index in the builder
 * @param sweep the sweep in which it was declared: 0 forward, 1 backward
 * @param shape the shape at one step
 */
public record LoopValue(int id, int sweep, Shape shape) implements LoopInput.Argument {}
