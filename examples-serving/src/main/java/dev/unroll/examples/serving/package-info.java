/**
 * Serves a classifier over HTTP, with Unroll or with ONNX Runtime, and sends requests to it: to
 * measure it, or to check its answers while it is trained.
 *
 * <p>Begin with {@link dev.unroll.examples.serving.Endpoint}, the server, and {@link
 * dev.unroll.examples.serving.UnrollPredictor}, the model in it.
 */
@NullMarked
package dev.unroll.examples.serving;

import org.jspecify.annotations.NullMarked;
