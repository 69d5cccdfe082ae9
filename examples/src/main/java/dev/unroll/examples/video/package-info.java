/** Short films: what happens in them. */
package dev.unroll.examples.video;
