/** The training recipe and options that the examples share. */
package dev.unroll.examples.fit;
