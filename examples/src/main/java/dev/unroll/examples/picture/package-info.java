/** Charts and pages of the examples. */
package dev.unroll.examples.picture;
