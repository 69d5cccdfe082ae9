/**
 * What the tests of all modules share: random properties, cases of other projects, other JVMs.
 *
 * <p>Nothing of it is part of the product.
 *
 * <p>Begin with {@code Property}, then {@code Conformance}.
 */
package dev.unroll.testing;
