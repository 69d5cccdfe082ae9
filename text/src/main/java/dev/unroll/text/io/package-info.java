/**
 * Input streams with limits, and JSON that is read strictly.
 *
 * <p>Formats lie in {@code text.read} and {@code text.tokenize}. This package is not exported.
 *
 * <p>Begin with {@code Inputs}.
 */
package dev.unroll.text.io;
