package dev.unroll.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.JavaProcess;
import dev.unroll.testing.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are made to cost much, and files that can be read in part. */
class HostileFilesTest {
  private static final Map<String, String> REFUSED =
      Map.of(
          "names", "has more than 100000 names",
          "tensors", "has tensors of more than");

  @TempDir Path folder;

  private Path file(String header, byte... data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
    bytes.writeBytes(json);
    bytes.writeBytes(data);
    return Files.write(folder.resolve("f"), bytes.toByteArray());
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  private void assertRefused(String header, String message) throws IOException {
    Path file = file(header);
    assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () ->
            assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + " ")
                .hasMessageContaining(message));
  }

  @Test
  void manyEmptyTensorsAreRefusedByTheLimit() throws IOException {
    String many =
        IntStream.range(0, 300_000)
            .mapToObj(i -> entry("t" + i, "F32", "[0]", 0, 0))
            .collect(Collectors.joining(",", "{", "}"));
    assertRefused(many, "expected 1 to 16777216");
    String fewer =
        IntStream.range(0, 200_000)
            .mapToObj(i -> entry("t" + i, "F32", "[0]", 0, 0))
            .collect(Collectors.joining(",", "{", "}"));
    assertRefused(fewer, "has more than 100000 names");
    Path file = file(fewer);
    Limits more = new Limits(1 << 24, 200_000, 0);
    assertThat(Safetensors.read(file, more, n -> true).tensors()).hasSize(200_000);
    String metadata =
        IntStream.range(0, 200_000)
            .mapToObj(i -> "\"%d\":\"\"".formatted(i))
            .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
    assertRefused(metadata, "has more than 100000 names");
  }

  @Test
  void whatTheParserSaysNamesNoSetting() throws IOException {
    List<String> all =
        List.of(
            "{\"a\":{\"shape\":[1",
            "{/**/}",
            "{\"a\":{\"x\":" + "[".repeat(2000),
            "{\"a\":{\"x\":NaN}}",
            "{\"" + "a".repeat(100_000) + "\":{}}");
    for (String bad : all) {
      Path file = file(bad);
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(file + " has a header that is not JSON: ")
          .hasMessageMatching("(?s).*(, at line 1, column \\d+|exceeds the maximum allowed .*)")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("`", "Feature", "Source"));
    }
  }

  @Test
  void headersThatAreDeepLongOrHugeAreRefused() throws IOException {
    assertRefused("{\"a\":" + "[".repeat(100_000), "");
    assertRefused("{\"a\":{\"x\":" + "{\"x\":".repeat(100_000), "has a header that is not JSON");
    assertRefused("[".repeat(3_000_000), "is not a JSON object");
    assertRefused("{" + entry("a", "F32", "[" + "1,".repeat(1_000_000) + "1]", 0, 4) + "}", "");
    assertRefused("{" + entry("a", "F32", "[" + "9".repeat(100_000) + "]", 0, 4) + "}", "");
    String most = String.valueOf(Integer.MAX_VALUE);
    assertRefused("{" + entry("a", "U8", "[" + most + "]", 0, Integer.MAX_VALUE) + "}", "2^31");
    assertRefused(
        "{" + entry("a", "F32", "[" + most + "," + most + ",0]", 0, 0).replace("F32", "I8") + "}x",
        "");
    assertRefused(
        "{" + entry("a", "F32", "[2]", 0, 8) + "," + entry("b", "F32", "[2]", 4, 12) + "}",
        "at byte 4");
    assertRefused("{" + entry("a", "F4", "[3]", 0, 1) + "}", "12 bits");
    assertRefused("{\"a\":{},\"a\":{}}", "");
  }

  @Test
  void tensorsTakeNoMoreMemoryThanTheLimit() throws IOException {
    Path file = folder.resolve("w");
    new Safetensors(
            Map.of(
                "a", Tensor.zeros(DType.FLOAT32, Shape.of(100)),
                "b", Tensor.zeros(DType.FLOAT64, Shape.of(100))),
            Map.of())
        .write(file);
    Limits small = new Limits(1000, 10, 1000);
    assertThatThrownBy(() -> Safetensors.read(file, small, n -> true))
        .hasMessage(
            file + " has tensors of more than 1000 bytes in memory, the limit Limits.tensorBytes");
    assertThat(Safetensors.read(file, small, "a"::equals).tensors()).containsOnlyKeys("a");
    assertThatThrownBy(() -> new Limits(-1, 0, 0)).hasMessageStartingWith("[limits] expected");
  }

  @Test
  void whatCannotBeReadDoesNotMatterUntilItIsAskedFor() throws IOException {
    byte[] data = new byte[8 + 4 + 2 + 8];
    data[0] = (byte) 0xff; // 2^64 - 1 or so
    data[7] = 0x7f;
    data[11] = 0x3f;
    data[10] = (byte) 0x80;
    Path file =
        file(
            "{"
                + String.join(
                    ",",
                    List.of(
                        entry("long", "I64", "[1]", 0, 8),
                        entry("one", "F32", "[1]", 8, 12),
                        entry("eight", "F8_E4M3", "[2]", 12, 14),
                        entry("complex", "C64", "[]", 14, 22)))
                + "}",
            data);
    Map<String, Tensor> tensors = Safetensors.read(file).tensors();
    assertThat(tensors.get("one").item()).isEqualTo(1);
    assertThat(tensors.keySet()).containsExactly("long", "one", "eight", "complex");
    assertThat(tensors.get("none")).isNull();
    assertThatThrownBy(() -> tensors.get("long"))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FormatException.class)
        .hasMessage(file + " has \"long\" (I64 [1]), with an integer that exceeds 32 bits");
    assertThatThrownBy(() -> tensors.get("eight"))
        .hasMessage(file + " has \"eight\" (F8_E4M3 [2]), whose type is unsupported");
    assertThatThrownBy(() -> tensors.get("complex")).hasMessageContaining("(C64 [])");
    assertThat(Safetensors.read(file, Limits.DEFAULT, "one"::equals).tensors())
        .containsOnlyKeys("one");
  }

  @Test
  void filesThatCannotBeReadAreNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Safetensors.read(missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing + ": cannot be read: there is no such file or folder");
    assertThatThrownBy(() -> Safetensors.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(" ");
  }

  @Test
  void namesAreShownWithoutControlCharacters() throws IOException {
    String name = "\\u001b[2J\\n\u202e";
    String shown = "\"\\u001b[2J\\u000a\\u202e\"";
    assertRefused("{\"" + name + "\":1}", "has " + shown + " that is not a JSON object");
    assertRefused("{" + entry(name, "F9", "[]", 0, 4) + "}", "has " + shown + " of type \"F9\"");
    assertRefused("{" + entry("a", "\\n", "[]", 0, 4) + "}", "of type \"\\u000a\"");
    assertRefused("{" + entry(name, "F32", "[1]", 4, 8) + "}", "has " + shown + " at byte 4");
    assertRefused("{\"__metadata__\":{\"" + name + "\":1}}", "has metadata " + shown);
    assertRefused("{\"a\\n\":1,\"a\\n\":1}", "that is not");
    assertRefused("{\"" + "x".repeat(1000) + "\":1}", "has \"" + "x".repeat(100) + "...\" that");
    Path file = file("{" + entry(name, "C64", "[]", 0, 8) + "}", new byte[8]);
    Map<String, Tensor> tensors = Safetensors.read(file).tensors();
    assertThatThrownBy(() -> tensors.get("\u001b[2J\n\u202e"))
        .hasMessageStartingWith(file + " has " + shown + " (C64 [])");
  }

  @Test
  void namesThatComeTwiceAndUnpairedSurrogatesAreRefused() throws IOException {
    String a = entry("a", "F32", "[]", 0, 4);
    assertRefused("{" + a + "," + entry("a", "F32", "[]", 4, 8) + "}", "Duplicate");
    assertRefused("{" + a.replace("}", ",\"dtype\":\"F32\"}") + "}", "Duplicate");
    assertRefused("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "Duplicate");
    assertRefused("{\"__metadata__\":{},\"__metadata__\":{}}", "Duplicate");
    assertRefused("{" + entry("\\udc00", "F32", "[]", 0, 4) + "}", "low surrogate");
    assertRefused("{\"__metadata__\":{\"a\":\"\\ud800\"}}", "unpaired surrogate: \"\\ud800\"");
    assertRefused(
        "{" + entry("a", "F32", "[1e999]", 0, 4) + "}", "expected a non-negative integer");
    assertRefused(
        "{" + entry("a", "F32", "[1]", 0, 4).replace("4]", "4e999]") + "}",
        "with 4e999, expected a non-negative integer");
  }

  @Test
  void theUsualLimitsHoldInASmallHeap() throws Exception {
    for (String kind : List.of("names", "wide", "one", "metadata", "tensors", "fits")) {
      Path file = LargeFiles.write(folder.resolve(kind), kind);
      String said = JavaProcess.of(LargeFiles.class, "-Xmx128m").output(file.toString());
      assertThat(said).as(kind).contains(REFUSED.getOrDefault(kind, " tensors"));
      Files.delete(file);
    }
  }

  /** Structure-aware: numbers, names and types of a header are exchanged for hostile ones. */
  @Test
  void changedHeadersAreReadOrRefused() {
    List<String> tokens =
        List.of(
            "0",
            "1",
            "-1",
            "2147483647",
            "4294967296",
            "9223372036854775807",
            "1e3",
            "0.5",
            "[]",
            "[0]",
            "{}",
            "null",
            "\"\"",
            "\"F32\"",
            "\"F4\"",
            "\"BOOL\"",
            "true",
            "[[[]]]",
            "9".repeat(50));
    String header =
        "{\"__metadata__\":{\"a\":\"b\"},"
            + entry("x", "F32", "[2,1]", 0, 8)
            + ","
            + entry("y", "U8", "[4]", 8, 12)
            + "}";
    Property.holds(
        5000,
        draw -> {
          String changed = header;
          for (int n = 1 + draw.choose(2); n > 0; n--) {
            List<String> parts = List.of(changed.split("(?<=[:,\\[\\]{}])|(?=[:,\\[\\]{}])"));
            int at = draw.choose(parts.size());
            changed =
                String.join("", parts.subList(0, at))
                    + tokens.get(draw.choose(tokens.size()))
                    + String.join("", parts.subList(at + draw.choose(2), parts.size()));
          }
          Path file = file(draw.show("header", changed), new byte[12]);
          try {
            Safetensors.read(file);
          } catch (FormatException e) {
            assertThat(e).hasMessageStartingWith(file + " ");
          }
        });
  }
}
