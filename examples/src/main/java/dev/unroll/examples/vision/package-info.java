/**
 * Models that read pictures: captions, and classes of films.
 *
 * <p>The convolutions lie in {@code layers.conv}.
 *
 * <p>Begin with {@code VideoCommand}.
 */
package dev.unroll.examples.vision;
