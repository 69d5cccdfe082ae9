/** A tag for each character: where Korean text wants its spaces. */
package dev.unroll.examples.tag;
