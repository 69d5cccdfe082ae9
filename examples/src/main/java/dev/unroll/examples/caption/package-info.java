/** Pictures, and words about them. */
package dev.unroll.examples.caption;
