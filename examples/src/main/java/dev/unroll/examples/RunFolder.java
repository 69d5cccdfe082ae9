package dev.unroll.examples;

import dev.unroll.files.OutputPaths;
import dev.unroll.training.Checkpoints;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a training leaves: {@code model.safetensors} with its vocabulary, {@code options}, {@code
 * metrics.csv}, {@code result.txt} and {@code checkpoints}.
 */
record RunFolder(Path path) {

  /**
   * Refuses a folder that exists already: a run never overwrites.
   *
   * @throws FileAlreadyExistsException if it does
   */
  void expectNew() throws FileAlreadyExistsException {
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "exists already; a run never overwrites, name another --out");
    }
  }

  /**
   * Makes the folder.
   *
   * @throws IOException if it exists already, or cannot be created
   */
  void create() throws IOException {
    expectNew();
    OutputPaths.folder(path);
  }

  Path model() {
    return path.resolve("model.safetensors");
  }

  Path options() {
    return path.resolve("options");
  }

  Path metrics() {
    return path.resolve("metrics.csv");
  }

  Path result() {
    return path.resolve("result.txt");
  }

  Checkpoints checkpoints() {
    return new Checkpoints(path.resolve("checkpoints"));
  }

  /**
   * Returns a file of the run.
   *
   * @throws IOException if it does not exist
   */
  Path expect(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(path + " is not the folder of a run: it lacks " + file);
    }
    return file;
  }
}
