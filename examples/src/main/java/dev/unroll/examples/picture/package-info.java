/**
 * Charts and pages that the examples draw.
 *
 * <p>The drawn content is in the applications.
 *
 * <p>Begin with {@code Page}.
 */
package dev.unroll.examples.picture;
