/**
 * Names of many languages: classified, and generated.
 *
 * <p>Other texts are classified in {@code examples.classify}.
 *
 * <p>Begin with {@code LanguagesCommand}.
 */
package dev.unroll.examples.names;
