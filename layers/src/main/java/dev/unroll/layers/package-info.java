/**
 * Layers: named, saved and loaded parameters, and blocks that map one variable to another.
 *
 * <p>Not here: recurrent cells ({@code layers.recurrent}), whole sequence models ({@code
 * layers.sequence}), convolutions ({@code layers.conv}) and losses ({@code layers.loss}).
 *
 * <p>Begin with {@link dev.unroll.layers.Layer} and {@link dev.unroll.layers.Sequential}.
 */
package dev.unroll.layers;
