package dev.unroll.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.text.read.Texts;
import dev.unroll.text.tokenize.Characters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
  @TempDir Path folder;
  private final Tokenizer characters = new Characters();

  @Test
  void frequentTokensComeFirstAndUnknownIsZero() {
    Vocabulary v = Vocabulary.of(characters, "나는 나");
    assertThat(v.size()).isEqualTo(4);
    assertThat(v.token(1)).isEqualTo("나");
    assertThat(v.count(1)).isEqualTo(2);
    assertThat(v.encode(characters, "나z는")).containsExactly(1, 0, 3);
    assertThat(v.decode(characters, 1, 2, 0, 3)).isEqualTo("나 \uFFFD는");
  }

  @Test
  void everyTokenSurvivesTheFile() throws IOException {
    String odd = "a \t\n\r\\{}#\u0000\u200D\u2028\uD83D\uDE00e\u0301\u00A0\uFEFF나";
    Vocabulary v = Vocabulary.of(characters, odd);
    Path file = folder.resolve("vocabulary.txt");
    v.save(file);
    Vocabulary again = Vocabulary.load(file);
    assertThat(again.size()).isEqualTo(v.size());
    for (int i = 0; i < v.size(); i++) {
      assertThat(again.token(i)).isEqualTo(v.token(i));
      assertThat(again.count(i)).isEqualTo(v.count(i));
    }
    assertThat(again.encode(characters, odd)).isEqualTo(v.encode(characters, odd));
  }

  @Test
  void foreignFilesAreRefusedByLine() throws IOException {
    Path file = folder.resolve("v");
    for (String bad : new String[] {"x", "1", "1\\sx", "1\t\\q", "1\t\\{", "1\t\\{zz}", "\tx"}) {
      Files.writeString(file, "2\ta\n" + bad + "\n");
      assertThatThrownBy(() -> Vocabulary.load(file))
          .hasMessage(file + ":2: expected a count, a tab and a token: " + bad);
    }
    Files.writeString(file, "2\ta\n2\ta\n");
    assertThatThrownBy(() -> Vocabulary.load(file))
        .hasMessage(file + ":2: the token was there before");
  }

  @Test
  void textsComeFromFilesFoldersAndArchives() throws IOException {
    Files.createDirectories(folder.resolve("d/.hidden"));
    Files.writeString(folder.resolve("d/b.txt"), "둘");
    Files.writeString(folder.resolve("d/a.txt"), "하나");
    Files.writeString(folder.resolve("d/.hidden/x"), "no");
    assertThat(Texts.read(folder.resolve("d"))).isEqualTo("하나둘");
    assertThat(Texts.read(folder.resolve("d/a.txt"))).isEqualTo("하나");
    Path zip = folder.resolve("z.jar");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      for (var e : Map.of("B.java", "class B", "A.java", "class A ", "x.md", "no").entrySet()) {
        z.putNextEntry(new ZipEntry(e.getKey()));
        z.write(e.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    try (InputStream in = Files.newInputStream(zip)) {
      assertThat(Texts.readZip("z.jar", in, ".java")).isEqualTo("class A class B");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreNamed() throws IOException {
    Path file = folder.resolve("latin1");
    Files.write(file, new byte[] {'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xE9, 'b'});
    assertThatThrownBy(() -> Texts.read(file)).hasMessage(file + ": byte 3 (0xe9) is not UTF-8");
    Files.write(file, new byte[] {'a', (byte) 0xC3});
    assertThatThrownBy(() -> Texts.read(file)).hasMessage(file + ": byte 1 (0xc3) is not UTF-8");
    assertThatThrownBy(() -> Texts.read(folder.resolve("none")))
        .hasMessage(folder.resolve("none") + ": there is no such file or folder");
  }
}
