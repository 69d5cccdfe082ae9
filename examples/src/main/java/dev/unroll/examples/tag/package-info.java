/**
 * A tag for each character: where a space belongs in Korean text.
 *
 * <p>Classes of whole texts lie in {@code examples.classify}.
 *
 * <p>Begin with {@code TagCommand}.
 */
package dev.unroll.examples.tag;
