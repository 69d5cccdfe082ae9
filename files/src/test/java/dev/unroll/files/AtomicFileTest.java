package dev.unroll.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.testing.JavaProcess;
import dev.unroll.testing.KilledFileTest;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void aFileIsReplacedAndNothingElseRemains() throws IOException {
    Path file = folder.resolve("x");
    write(file, "1");
    write(file, "2");
    assertThat(file).hasContent("2");
    assertThat(all()).containsExactly(file);
  }

  @Test
  void aFailedWriteLeavesTheFileThatWasThere() throws IOException {
    Path file = folder.resolve("x");
    write(file, "before");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("disk full");
                }))
        .hasMessage(file + ": cannot be written: disk full");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  throw new IllegalStateException("a bug");
                }))
        .hasMessage("a bug");
    assertThat(file).hasContent("before");
    assertThat(all()).containsExactly(file);
  }

  @Test
  void namesOfAnyKindAndLengthAreWritten() throws IOException {
    for (String name : List.of("가중치 😀.txt", "é".repeat(127), "😀".repeat(60), ".x", "a.part")) {
      Path file = folder.resolve(name);
      write(file, name);
      write(file, name);
      assertThat(file).hasContent(name);
      Files.delete(file);
    }
    assertThat(all()).isEmpty();
  }

  @Test
  void temporaryNamesCannotBeKnownBefore() throws IOException {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      AtomicFile.write(
          folder.resolve("x"),
          out -> {
            try (Stream<Path> files = Files.list(folder)) {
              files
                  .map(f -> f.getFileName().toString())
                  .filter(f -> !f.equals("x"))
                  .forEach(names::add);
            }
          });
    }
    assertThat(names).hasSize(20).allMatch(n -> n.matches("\\.x\\.[0-9a-f]{32}\\.part"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkIsReplacedAndNotFollowed() throws IOException {
    Path other = folder.resolve("other");
    Files.writeString(other, "precious");
    Path file = Files.createSymbolicLink(folder.resolve("x"), other);
    Files.createSymbolicLink(folder.resolve("x.part"), other); // Where it once was written.
    write(file, "1");
    assertThat(other).hasContent("precious");
    assertThat(file).isRegularFile().hasContent("1");
    assertThat(Files.isSymbolicLink(file)).isFalse();
  }

  @Test
  void whatAKilledProcessLeftIsDeletedAndWhatIsBeingWrittenIsNot() throws IOException {
    Path left = folder.resolve(".x." + "0".repeat(32) + ".part");
    Path ofAnother = folder.resolve(".y." + "0".repeat(32) + ".part");
    Path inUse = folder.resolve(".x." + "1".repeat(32) + ".part");
    Path mine = folder.resolve(".x.part");
    for (Path p : List.of(left, ofAnother, inUse, mine)) {
      Files.writeString(p, "half");
    }
    try (FileChannel channel = FileChannel.open(inUse, StandardOpenOption.WRITE)) {
      channel.lock();
      write(folder.resolve("x"), "1");
    }
    assertThat(all()).containsExactlyInAnyOrder(folder.resolve("x"), ofAnother, inUse, mine);
  }

  @Test
  void manyThreadsWriteOneFile() throws Exception {
    Path file = folder.resolve("x");
    List<Thread> threads =
        Stream.of("a", "b", "c", "d")
            .map(c ->
                Thread.startVirtualThread(() -> {
                  try {
                    for (int i = 0; i < 50; i++) {
                      write(file, c.repeat(1000));
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }))
            .toList();
    for (Thread t : threads) {
      t.join();
    }
    assertThat(Files.readString(file)).matches("(a{1000}|b{1000}|c{1000}|d{1000})");
    assertThat(all()).containsExactly(file);
  }

  @Test
  void errorsNameTheFileAndTheReason() throws IOException {
    Path missing = folder.resolve("missing/x");
    assertThatThrownBy(() -> write(missing, "1"))
        .isInstanceOf(IOException.class)
        .hasMessage(missing + ": cannot be written: there is no such file or folder");
    assertThatThrownBy(() -> write(folder, "1"))
        .hasMessage(folder + ": cannot be written: it is a folder");
    Path file = folder.resolve("file");
    write(file, "1");
    assertThatThrownBy(() -> write(file.resolve("x"), "1"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.resolve("x") + ": cannot be written: ");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aReadOnlyFolderIsNamed() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    write(closed.resolve("x"), "before");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    if (Files.isWritable(closed)) { // Root may write anywhere.
      write(closed.resolve("x"), "1");
      assertThat(closed.resolve("x")).hasContent("1");
      return;
    }
    try {
      assertThatThrownBy(() -> write(closed.resolve("x"), "1"))
          .isInstanceOf(IOException.class)
          .hasMessage(closed.resolve("x") + ": cannot be written: access is denied");
      assertThat(closed.resolve("x")).hasContent("before");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullDiskIsSaid() throws Exception {
    Path file = folder.resolve("1");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", "ulimit -f 5; exec \"$@\"", "bash"));
    command.addAll(
        KilledFileTest.process(KilledAtomicFileTest.class).command(folder.toString(), "1"));
    JavaProcess.Outcome full = JavaProcess.run(new ProcessBuilder(command));
    assertThat(full.status()).as(full.output()).isEqualTo(1);
    assertThat(full.output()).contains(file + ": cannot be written: ");
    assertThat(all()).isEmpty();
  }

  @Test
  void anInterruptIsNoFaultOfTheFile() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> write(folder.resolve("x"), "1"))
        .isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }
}
