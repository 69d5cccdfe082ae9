/**
 * How the examples train, in one place.
 *
 * <p>Training of the language model lies in {@code examples}.
 *
 * <p>Begin with {@code Fit}.
 */
package dev.unroll.examples.fit;
