/**
 * Files and folders that are written completely or not at all, and errors that name the file.
 *
 * <p>Formats lie in the modules that read and write them.
 *
 * <p>Begin with {@link dev.unroll.files.AtomicFile}.
 */
package dev.unroll.files;
