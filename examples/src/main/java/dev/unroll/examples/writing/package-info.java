/** Texts that a model writes: codes, models that read one text and write another, measures. */
package dev.unroll.examples.writing;
