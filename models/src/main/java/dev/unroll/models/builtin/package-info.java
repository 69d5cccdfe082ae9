/**
 * The layers of {@code dev.unroll.layers} that model files can contain, by name.
 *
 * <p>Begin with {@link dev.unroll.models.builtin.BuiltInLayers}.
 */
package dev.unroll.models.builtin;
