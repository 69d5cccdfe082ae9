/** Names of many languages: told apart, and invented. */
package dev.unroll.examples.names;
