package dev.unroll.examples.classify;

/** A text and its class. */
public record Labelled(String text, String label) {}
