/** Captions for pictures. */
package dev.unroll.examples.caption;
