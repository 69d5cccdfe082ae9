/**
 * Access to what lies behind a tensor, for packages of this module that lie above {@code
 * dev.unroll.tensor} and may not widen its API. Nothing is computed here, and nothing is exported.
 * Begin with {@link dev.unroll.tensor.access.TensorAccess}.
 */
package dev.unroll.tensor.access;
