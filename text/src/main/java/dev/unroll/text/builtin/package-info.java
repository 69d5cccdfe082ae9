/**
 * The provider of the built-in tokenizers.
 *
 * <p>The tokenizers themselves lie in {@link dev.unroll.text.tokenize}.
 *
 * <p>Begin with {@code BuiltInTokenizers}, which lists them by name.
 */
package dev.unroll.text.builtin;
