package dev.unroll.text.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that were cut, and names that other systems write or that leave the archive. */
class ArchivesTest {
  @TempDir Path folder;

  private static byte[] zip(String comment, String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream z = new ZipOutputStream(out)) {
      for (String name : names) {
        z.putNextEntry(new ZipEntry(name));
        z.write(name.getBytes(StandardCharsets.UTF_8));
      }
      z.setComment(comment);
    }
    return out.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("z.zip"), bytes);
  }

  private static List<Document> all(Path zip) throws IOException {
    try (Stream<Document> documents = Documents.zip(zip, "")) {
      return documents.toList();
    }
  }

  private static String read(byte[] bytes) throws IOException {
    return Texts.readZip("z.zip", new ByteArrayInputStream(bytes), "");
  }

  @Test
  void anArchiveThatWasCutIsRefusedWhereverItWasCut() throws IOException {
    for (String comment : new String[] {"", "a comment", "x".repeat(0xFFFF)}) {
      byte[] whole = zip(comment, "a/1.txt", "a/2.txt");
      assertThat(read(whole)).isEqualTo("a/1.txta/2.txt");
      for (int n = 0; n < whole.length; n += n < 400 ? 1 : 997) {
        byte[] cut = Arrays.copyOf(whole, n);
        assertThatThrownBy(() -> read(cut))
            .as("cut at %d of %d", n, whole.length)
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("z.zip");
        Path file = file(cut);
        assertThatThrownBy(() -> all(file))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(file + ": is not a zip archive");
      }
    }
  }

  @Test
  void anArchiveThatWasCutWhereAnEntryEndsSaysSo() throws IOException {
    byte[] whole = zip("", "a/1.txt", "a/2.txt");
    String bytes = new String(whole, StandardCharsets.ISO_8859_1);
    byte[] cut = Arrays.copyOf(whole, bytes.indexOf("PK\1\2"));
    assertThatThrownBy(() -> read(cut))
        .hasMessage("z.zip: is truncated: expected the central directory after the last entry");
    byte[] out = new byte[whole.length];
    int second = bytes.lastIndexOf("PK\3\4");
    int directory = bytes.indexOf("PK\1\2");
    System.arraycopy(whole, 0, out, 0, second);
    System.arraycopy(whole, directory, out, second, whole.length - directory);
    byte[] shorter = Arrays.copyOf(out, second + whole.length - directory);
    assertThatThrownBy(() -> read(shorter))
        .hasMessage("z.zip: is damaged: expected 2 entries, got 1");
  }

  @Test
  void namesOfOtherSystemsArePathsFromTheRoot() throws IOException {
    byte[] bytes = zip("", "./a/x.txt", "b\\y.txt", "c//z.txt", "d\\", "e/./w.txt", ".\\.git\\v");
    List<Document> documents = all(file(bytes));
    assertThat(documents)
        .extracting(Document::name)
        .containsExactly("a/x.txt", "b/y.txt", "c/z.txt", "e/w.txt");
    assertThat(documents).extracting(Document::label).containsExactly("a", "b", "c", "e");
    assertThat(documents.get(1).text()).isEqualTo("b\\y.txt");
    assertThat(read(bytes)).isEqualTo("./a/x.txtb\\y.txtc//z.txte/./w.txt");
  }

  @Test
  void namesThatLeaveTheArchiveAreRefused() throws IOException {
    for (String name :
        new String[] {
          "../up", "a/../../up", "a\\..\\up", "/root", "\\root", "C:\\x", "c:/x", "."
        }) {
      byte[] bytes = zip("", "a/1.txt", name);
      Path file = file(bytes);
      String said = ": expected entries with relative paths without \"..\", got \"" + name + "\"";
      assertThatThrownBy(() -> all(file)).isInstanceOf(IOException.class).hasMessage(file + said);
      assertThatThrownBy(() -> read(bytes)).hasMessage("z.zip" + said);
    }
    assertThat(all(file(zip("", "a..b/..c", "..d/x", "C:")))).hasSize(1);
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    byte[] bytes = zip("", "a/x", "a\\x");
    Path file = file(bytes);
    assertThatThrownBy(() -> all(file)).hasMessage(file + ": has two entries named \"a/x\"");
    assertThatThrownBy(() -> read(bytes)).hasMessage("z.zip: has two entries named \"a/x\"");
  }

  @Test
  void namesAreShownWithoutControlCharacters() throws IOException {
    Path file = file(zip("", "a/\u001b[31m\u202e", "../\n"));
    assertThatThrownBy(() -> all(file)).hasMessageEndingWith("got \"../\\u000a\"");
  }

  @Test
  void archivesLieInTheDefaultFileSystem() throws IOException {
    Path file = file(zip("", "inner.zip"));
    try (FileSystem system = FileSystems.newFileSystem(file)) {
      Path inner = system.getPath("inner.zip");
      assertThatThrownBy(() -> Documents.zip(inner, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "[documents] expected an archive in the default file system, got");
      assertThat(Texts.read(inner)).isEqualTo("inner.zip");
    }
  }
}
