/** Time series: what comes next, and when something is wrong. */
package dev.unroll.examples.series;
