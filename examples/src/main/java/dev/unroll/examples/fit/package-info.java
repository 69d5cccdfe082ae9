/** How the examples train: in one place, since most do it alike. */
package dev.unroll.examples.fit;
