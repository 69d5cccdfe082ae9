/** A game that needs memory, learned by reinforcement. */
package dev.unroll.examples.play;
