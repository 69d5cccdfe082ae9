package dev.unroll.layers.recurrent;

import dev.unroll.autograd.Variable;

/**
 * What a cell returns: its output {@code [B, H]}, and the state for the next step.
 *
 * @param <S> the state
 */
public record Step<S extends State<S>>(Variable output, S state) {}
