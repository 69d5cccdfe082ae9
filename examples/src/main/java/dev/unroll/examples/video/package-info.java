/** Classification of short films. */
package dev.unroll.examples.video;
