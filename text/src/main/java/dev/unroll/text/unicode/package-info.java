/**
 * Unicode properties that the JDK does not offer: white space, grapheme segments.
 *
 * <p>Hangul lies in {@link dev.unroll.text}. This package is not exported.
 *
 * <p>Begin with {@code Segments}.
 */
package dev.unroll.text.unicode;
