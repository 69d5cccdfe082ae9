/**
 * Text classification, many-to-one, compared with naive Bayes and bags of n-grams.
 *
 * <p>Names of languages lie in {@code examples.names}.
 *
 * <p>Begin with {@code SentimentCommand}.
 */
package dev.unroll.examples.classify;
