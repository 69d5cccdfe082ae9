/** What recurrent networks can remember, measured: the experiments of the papers. */
package dev.unroll.examples.study;
