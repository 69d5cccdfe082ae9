package dev.unroll.examples.serving;

import java.util.List;

/**
 * The answer to a request.
 *
 * @param version number of the model that computed it
 * @param label of the most probable class
 * @param probabilities of all classes, in the order of the labels
 */
record Reply(long version, String label, List<Double> probabilities) {}
