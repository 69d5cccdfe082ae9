package dev.unroll.text.read;

/**
 * A text that was read from a file of its own.
 *
 * @param name of the file, as it is in its folder or archive
 * @param label the name of the folder that it lies in
 * @param text all of it
 */
public record Document(String name, String label, String text) {}
