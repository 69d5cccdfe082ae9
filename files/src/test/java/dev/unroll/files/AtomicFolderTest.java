package dev.unroll.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
  @TempDir Path home;

  @Test
  void theFolderAppearsWhole() throws IOException {
    Path folder = home.resolve("a");
    AtomicFolder.write(
        folder,
        aside -> {
          Files.writeString(aside.resolve("x"), "1");
          assertThat(folder).doesNotExist();
          Files.writeString(aside.resolve("y"), "2");
        });
    assertThat(folder.resolve("x")).hasContent("1");
    assertThat(folder.resolve("y")).hasContent("2");
    assertThat(home).isDirectoryNotContaining("glob:**part");
  }

  @Test
  void whateverIsThrownLeavesNothing() {
    assertThatThrownBy(() ->
            AtomicFolder.write(
                home.resolve("a"),
                aside -> {
                  Files.writeString(aside.resolve("x"), "1");
                  throw new IllegalStateException("not today");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasNoSuppressedExceptions();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void whatFailsLeavesNothing() {
    Path folder = home.resolve("a");
    assertThatThrownBy(() ->
            AtomicFolder.write(
                folder,
                aside -> {
                  Files.writeString(aside.resolve("x"), "1");
                  throw new IOException("full");
                }))
        .hasMessage(folder + ": cannot be written: full");
    assertThat(home).isEmptyDirectory();
    assertThatThrownBy(() -> AtomicFolder.write(home.resolve("no/a"), aside -> {}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatKilledProcessesLeftIsDeletedWhenAsked() throws IOException {
    Path part = Files.createDirectories(home.resolve(".a." + "0".repeat(32) + ".part/deep"));
    Files.writeString(part.resolve("half"), "x");
    Path other = Files.createDirectory(home.resolve("a.part"));
    AtomicFolder.clean(home);
    try (var left = Files.list(home)) {
      assertThat(left).containsExactly(other);
    }
  }

  @Test
  void errorsNameTheFolderThatWasAskedFor() throws IOException {
    Path folder = home.resolve("a");
    assertThatThrownBy(() ->
            AtomicFolder.write(
                folder,
                aside ->
                    AtomicFile.write(
                        aside.resolve("x"),
                        out -> {
                          throw new IOException("full");
                        })))
        .hasMessage(folder.resolve("x") + ": cannot be written: full");
    Path missing = home.resolve("no/a");
    assertThatThrownBy(() -> AtomicFolder.write(missing, aside -> {}))
        .hasMessage(missing + ": cannot be written: there is no such file or folder");
  }

  @Test
  void aFolderThatIsThereIsNotReplaced() throws IOException {
    Path folder = Files.createDirectory(home.resolve("a"));
    Files.writeString(folder.resolve("x"), "1");
    assertThatThrownBy(
            () -> AtomicFolder.write(folder, aside -> Files.writeString(aside.resolve("x"), "2")))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("x")).hasContent("1");
    assertThat(home).isDirectoryNotContaining("glob:**part");
  }
}
