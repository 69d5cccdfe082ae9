/**
 * What kernels must provide, and the operations of pointwise programs. No kernel is implemented
 * here, and none is chosen. Begin with {@link dev.unroll.tensor.spi.Kernels}; {@link
 * dev.unroll.tensor.spi.Code} is generated from the table {@code Code.txt} (ADR 5).
 */
package dev.unroll.tensor.spi;
