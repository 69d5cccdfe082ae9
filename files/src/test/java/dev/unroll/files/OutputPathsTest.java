package dev.unroll.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPathsTest {
  @TempDir private Path folder;

  @Test
  void foldersAreCreated() throws IOException {
    OutputPaths.file(folder.resolve("a/b/file"));
    assertThat(folder.resolve("a/b")).isEmptyDirectory();
    OutputPaths.folder(folder.resolve("c/d"));
    assertThat(folder.resolve("c/d")).isEmptyDirectory();
    OutputPaths.folder(folder.resolve("c/d"));
  }

  @Test
  void whatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "x");
    Path below = file.resolve("a/b");
    assertThatThrownBy(() -> OutputPaths.file(below))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(below + ": cannot be written: " + file + " is not a folder");
    assertThatThrownBy(() -> OutputPaths.folder(file))
        .hasMessage(file + ": this folder cannot be created: " + file + " is not a folder");
    assertThatThrownBy(() -> OutputPaths.file(folder))
        .hasMessage(folder + ": cannot be written: it is a folder");
    assertThat(file).hasContent("x");
  }
}
