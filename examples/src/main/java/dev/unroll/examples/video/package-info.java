/**
 * Short films, classified: convolutions, then a recurrent layer.
 *
 * <p>Pictures with captions lie in {@code examples.caption}.
 *
 * <p>Begin with {@code VideoCommand}.
 */
package dev.unroll.examples.video;
