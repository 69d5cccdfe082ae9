/** Texts that belong to classes: readers, what they are held against, and the commands. */
package dev.unroll.examples.classify;
