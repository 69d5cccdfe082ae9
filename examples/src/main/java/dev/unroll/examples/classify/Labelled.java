package dev.unroll.examples.classify;

/** A text, and the class that it belongs to. */
public record Labelled(String text, String label) {}
