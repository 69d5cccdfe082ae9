/** Experiments of the papers on the memory of recurrent networks. */
package dev.unroll.examples.study;
