/** A game that needs memory, learned by trying. */
package dev.unroll.examples.play;
