/**
 * Charts and pages that the examples draw.
 *
 * <p>What is drawn lies in the applications.
 *
 * <p>Begin with {@code Page}.
 */
package dev.unroll.examples.picture;
