/** Text classification: readers, baselines and commands. */
package dev.unroll.examples.classify;
