/** Pictures and pages that the examples draw. */
package dev.unroll.examples.picture;
