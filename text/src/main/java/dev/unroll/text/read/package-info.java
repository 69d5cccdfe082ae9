/**
 * Readers of texts, lines, tables and JSON lines from files, folders and archives.
 *
 * <p>Cutting a text into tokens lies in {@link dev.unroll.text.tokenize}.
 *
 * <p>Begin with {@link dev.unroll.text.read.Texts}, then {@link dev.unroll.text.read.Tables}.
 */
package dev.unroll.text.read;
