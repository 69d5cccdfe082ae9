/** Text generation: ids, sequence-to-sequence models, and metrics. */
package dev.unroll.examples.writing;
