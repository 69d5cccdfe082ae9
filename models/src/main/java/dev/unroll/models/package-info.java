/**
 * Whole models in one file: the weights, the structure, and what its inputs and outputs mean.
 *
 * <p>Begin with {@link dev.unroll.models.ModelFile}; a layer of your own is offered by a {@link
 * dev.unroll.models.LayerProvider}.
 */
package dev.unroll.models;
