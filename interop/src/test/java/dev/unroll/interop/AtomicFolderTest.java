package dev.unroll.interop;

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
    assertThat(home).isDirectoryNotContaining("glob:**.part");
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
        .hasMessage("full");
    assertThat(home).isEmptyDirectory();
    assertThatThrownBy(() -> AtomicFolder.write(home.resolve("no/a"), aside -> {}))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatWasLeftByAKilledProcessIsClearedAway() throws IOException {
    Path part = Files.createDirectories(home.resolve("a.part/deep"));
    Files.writeString(part.resolve("half"), "x");
    AtomicFolder.write(home.resolve("a"), aside -> Files.writeString(aside.resolve("y"), "2"));
    assertThat(home.resolve("a"))
        .isDirectoryContaining("glob:**y")
        .isDirectoryNotContaining("glob:**deep");
  }

  @Test
  void aFolderThatIsThereIsNotReplaced() throws IOException {
    Path folder = Files.createDirectory(home.resolve("a"));
    Files.writeString(folder.resolve("x"), "1");
    assertThatThrownBy(
            () -> AtomicFolder.write(folder, aside -> Files.writeString(aside.resolve("x"), "2")))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("x")).hasContent("1");
    assertThat(home).isDirectoryNotContaining("glob:**.part");
  }
}
