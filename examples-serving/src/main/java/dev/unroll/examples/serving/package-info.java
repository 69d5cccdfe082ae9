/**
 * A classifier behind HTTP, served by Unroll or by ONNX Runtime, and clients that measure it or
 * check it while it is trained. {@link dev.unroll.examples.serving.Endpoint} is the server, {@link
 * dev.unroll.examples.serving.UnrollPredictor} the model in it; begin there.
 */
@NullMarked
package dev.unroll.examples.serving;

import org.jspecify.annotations.NullMarked;
