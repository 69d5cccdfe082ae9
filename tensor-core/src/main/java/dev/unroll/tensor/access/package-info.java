/**
 * Access to the arrays of tensors, for packages of this module above {@code dev.unroll.tensor},
 * without widening its API. Nothing is computed here, and nothing is exported. Begin with {@link
 * dev.unroll.tensor.access.TensorAccess}.
 */
package dev.unroll.tensor.access;
