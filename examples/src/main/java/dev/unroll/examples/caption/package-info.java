/**
 * Captions of pictures: one-to-many.
 *
 * <p>Drawing lies in {@code examples.picture}.
 *
 * <p>Begin with {@code CaptionCommand}.
 */
package dev.unroll.examples.caption;
