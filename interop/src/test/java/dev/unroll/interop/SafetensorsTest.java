package dev.unroll.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.tensor.DType;
import dev.unroll.tensor.RandomKey;
import dev.unroll.tensor.Shape;
import dev.unroll.tensor.Tensor;
import dev.unroll.testing.Conformance;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("conformance")
class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void whatOthersWroteIsReadAndWhatIsDamagedIsRefused() throws IOException {
    Path set = Conformance.file("safetensors");
    JsonNode index = JsonMapper.shared().readTree(set.resolve("INDEX.json").toFile());
    int files = 0;
    for (JsonNode f : index.get("files")) {
      String name = f.get("file").stringValue();
      Path file = set.resolve(name);
      if (f.get("verdict").stringValue().equals("accept")) {
        accept(file, f);
        Conformance.passed("safetensors", name);
      } else {
        assertThatThrownBy(() -> Safetensors.read(file))
            .as(name)
            .isInstanceOf(FormatException.class)
            .hasMessageStartingWith(file + " ");
        Conformance.refused("safetensors", name, "damaged");
      }
      files++;
    }
    assertThat(files).isGreaterThan(20);
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() throws IOException {
    Path file = folder.resolve("good.safetensors");
    Tensor one = Tensor.scalar(DType.FLOAT32, 1);
    new Safetensors(Map.of("w", one), Map.of()).write(file);
    byte[] good = Files.readAllBytes(file);
    for (Safetensors bad :
        List.of(
            new Safetensors(Map.of("__metadata__", one), Map.of()),
            new Safetensors(Map.of("\ud800", one), Map.of()),
            new Safetensors(Map.of("w", one), Map.of("a", "\udc00")),
            new Safetensors(Map.of("w", one), Map.of("\ud800", "a")))) {
      assertThatThrownBy(() -> bad.write(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("[safetensors] expected a name or text of ");
      assertThat(Files.readAllBytes(file)).isEqualTo(good);
    }
  }

  private void accept(Path file, JsonNode f) throws IOException {
    Safetensors read = Safetensors.read(file);
    Map<String, JsonNode> expected = new TreeMap<>();
    f.get("content")
        .get("tensors")
        .properties()
        .forEach(e -> expected.put(e.getKey(), e.getValue()));
    assertThat(new TreeMap<>(read.tensors())).containsOnlyKeys(expected.keySet());
    expected.forEach((name, e) -> {
      Tensor t = read.tensors().get(name);
      List<Integer> dims = new ArrayList<>();
      e.get("shape").forEach(d -> dims.add(d.intValue()));
      assertThat(t.shape()).isEqualTo(Shape.of(dims.stream().mapToInt(d -> d).toArray()));
      byte[] bytes = HexFormat.of().parseHex(e.get("data_hex").stringValue());
      switch (e.get("dtype").stringValue()) {
        case "F32", "F64", "I32" -> assertThat(Stored.bytes(t)).isEqualTo(bytes);
        case "F16", "BF16" -> assertThat(t.toFloats()).containsExactly(1f);
        case "I64" -> assertThat(t.toInts()).containsExactly(7);
        default -> {
          int[] ints = t.toInts();
          for (int i = 0; i < ints.length; i++) {
            assertThat(ints[i]).isEqualTo(bytes[i]);
          }
        }
      }
    });
    if (f.has("writer_exact")) {
      Path again = folder.resolve("again");
      read.write(again);
      assertThat(again).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("f", RandomKey.of(1).normal(DType.FLOAT32, Shape.of(40, 500), 0, 1));
    tensors.put("d", RandomKey.of(2).normal(DType.FLOAT64, Shape.of(3), 0, 1));
    tensors.put("view", tensors.get("f").slice(0, 1, 3).transpose(0, 1));
    tensors.put("i", Tensor.of(Shape.of(2, 0), new int[0]));
    tensors.put("이름\n", Tensor.scalar(DType.FLOAT32, 3));
    Map<String, String> metadata = Map.of("cell", "lstm", "quote", "\"\\");
    Path file = folder.resolve("weights.safetensors");
    new Safetensors(tensors, metadata).write(file);
    Safetensors read = Safetensors.read(file);
    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(read.tensors()).containsOnlyKeys(tensors.keySet());
    tensors.forEach((name, t) -> assertThat(read.tensors().get(name).sameBits(t)).isTrue());
  }

  @Test
  void filesMayLieInAnArchive() throws IOException {
    Tensor one = Tensor.scalar(DType.FLOAT32, 1);
    Path zip = folder.resolve("weights.zip");
    try (FileSystem system = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path file = system.getPath("w.safetensors");
      for (int i = 1; i < 4; i++) {
        Tensor t = Tensor.scalar(DType.FLOAT32, i);
        new Safetensors(Map.of("w", t), Map.of()).write(file);
        assertThat(Safetensors.read(file).tensors().get("w").item()).isEqualTo(i);
      }
      try (Stream<Path> all = Files.list(system.getPath("/"))) {
        assertThat(all).hasSize(1);
      }
      assertThatThrownBy(
              () -> new Safetensors(Map.of("w", one), Map.of()).write(system.getPath("no", "w")))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("no/w: cannot be written");
    }
    try (FileSystem system = FileSystems.newFileSystem(zip)) {
      assertThat(Safetensors.read(system.getPath("/w.safetensors")).tensors()).hasSize(1);
    }
  }

  @Test
  void truncatedFilesAndNumbersTooLargeAreRefused() throws IOException {
    Path file = folder.resolve("w");
    new Safetensors(Map.of("a", Tensor.zeros(DType.FLOAT32, Shape.of(9))), Map.of()).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int n = 0; n < whole.length; n++) {
      Files.write(file, java.util.Arrays.copyOf(whole, n));
      assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(FormatException.class);
    }
    String header = "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
    byte[] large = new byte[8 + header.length() + 8];
    large[0] = (byte) header.length();
    System.arraycopy(
        header.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, large, 8, header.length());
    large[large.length - 1] = 1;
    Files.write(file, large);
    Safetensors read = Safetensors.read(file);
    assertThatThrownBy(() -> read.tensors().get("a"))
        .hasMessage(file + " has \"a\" (I64 [1]), with an integer that exceeds 32 bits");
  }

  /** Found by the campaign over files changed in their structure. */
  @Test
  void anObjectWhereAListBelongsIsRefused() throws IOException {
    Path file = folder.resolve("o");
    for (String shape : List.of("{\"a\":1}", "3", "null", "[[1]]", "[{\"a\":1}]")) {
      byte[] header =
          ("{\"a\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,4]}}")
              .getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] all = new byte[8 + header.length + 4];
      all[0] = (byte) header.length;
      System.arraycopy(header, 0, all, 8, header.length);
      Files.write(file, all);
      assertThatThrownBy(() -> Safetensors.read(file))
          .as(shape)
          .isInstanceOf(FormatException.class)
          .hasMessageStartingWith(file + " has \"a\" with");
    }
  }
}
