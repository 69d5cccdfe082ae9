package dev.unroll.interop;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files as large as the usual limits allow, and larger: read in a process with a small heap. */
public final class LargeFiles {
  private static final int HEADER = 1 << 24;

  private LargeFiles() {}

  /** Reads a file, or refuses it: anything else ends the process otherwise. */
  public static void main(String... args) throws IOException {
    try {
      System.out.println(Safetensors.read(Path.of(args[0])).tensors().size() + " tensors");
    } catch (FormatException e) {
      System.out.println(e.getMessage());
    }
  }

  /** Writes a file of a kind. */
  static Path write(Path file, String kind) throws IOException {
    long data =
        switch (kind) {
          case "tensors" -> 200L << 20;
          case "fits" -> 40L << 20;
          default -> 0;
        };
    byte[] header =
        switch (kind) {
          case "names" -> names(400_000, "");
          case "wide" -> names(100_000, "\u3042".repeat(32));
          case "one" ->
              ("{\"__metadata__\":{\"a\":\"" + "\u3042".repeat(HEADER / 3 - 50) + "\"}}")
                  .getBytes(StandardCharsets.UTF_8);
          case "metadata" ->
              IntStream.range(0, 100_000)
                  .mapToObj(i -> "\"" + i + "\":\"" + "\u3042".repeat(49) + "\"")
                  .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"))
                  .getBytes(StandardCharsets.UTF_8);
          case "tensors", "fits" -> large("F32", data / 4, data);
          default -> throw new IllegalArgumentException(kind);
        };
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.write(header);
      out.setLength(out.length() + data); // A hole: it takes no space on the disk.
    }
    return file;
  }

  private static byte[] large(String type, long n, long bytes) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
        .formatted(type, n, bytes)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] names(int n, String more) {
    String all =
        IntStream.range(0, n)
            .mapToObj(i ->
                "\"%x%s\":{\"dtype\":\"I8\",\"shape\":[0],\"data_offsets\":[0,0]}"
                    .formatted(i, more))
            .collect(Collectors.joining(",", "{", "}"));
    byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= HEADER ? bytes : truncated(bytes);
  }

  /** Ends the last object that fits. */
  private static byte[] truncated(byte[] bytes) {
    byte[] header = java.util.Arrays.copyOf(bytes, HEADER);
    int end = HEADER - 2;
    while (header[end] != '}') {
      header[end--] = ' ';
    }
    for (int i = end + 1; i < HEADER; i++) {
      header[i] = ' ';
    }
    header[end + 1] = '}';
    return header;
  }
}
