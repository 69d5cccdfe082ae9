/** Names in many languages: classified and invented. */
package dev.unroll.examples.names;
