/**
 * Models that read one text and write another, and measures of what they write.
 *
 * <p>The applications lie in {@code examples.chat} and {@code examples.translate}.
 *
 * <p>Begin with {@code Rewriter}.
 */
package dev.unroll.examples.writing;
