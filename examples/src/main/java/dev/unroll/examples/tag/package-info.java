/** Tagging of characters: the spaces of Korean text. */
package dev.unroll.examples.tag;
