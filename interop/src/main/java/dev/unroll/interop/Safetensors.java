package dev.unroll.interop;

import dev.unroll.files.AtomicFile;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tensors by name in one file: the safetensors format (Hugging Face), which is eight bytes of
 * header length, a header in JSON, and the numbers, little-endian, without gaps.
 *
 * <p>Reading takes over float32, float64 and int32 as they are, widens F16 and BF16 to float32 and
 * the other integer types and BOOL to int32.
 *
 * @param tensors by name, in the order in which the file stores them
 * @param metadata what else the writer wanted to say, in the order of the file
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  /** The longest header that is read: 100 MB, as in the reference implementation. */
  private static final long MAX_HEADER = 100_000_000;

  /** Copies the maps. */
  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a file, all of it or nothing.
   *
   * @throws FormatException if it is no such file, is damaged, or holds integers beyond 32 bits
   */
  public static Safetensors read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      Header header = header(path, channel);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Header.Entry e : header.entries()) {
        tensors.put(e.name(), tensor(path, channel, e));
      }
      return new Safetensors(tensors, header.metadata());
    }
  }

  private static Header header(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw new FormatException(path, "has " + size + " bytes, expected a header length of 8");
    }
    long length = bytes(path, channel, 8).getLong();
    if (length <= 0 || length > Math.min(MAX_HEADER, size - 8)) {
      throw new FormatException(
          path,
          "says that its header has "
              + Long.toUnsignedString(length)
              + " bytes, expected 1 to "
              + Math.min(MAX_HEADER, size - 8));
    }
    return Header.parse(path, bytes(path, channel, (int) length).array(), size - 8 - length);
  }

  private static Tensor tensor(Path path, FileChannel channel, Header.Entry e) throws IOException {
    Stored.Reader reader = e.stored().reader(e.shape());
    int left = e.shape().size();
    while (left > 0) {
      int n = Math.min(left, Stored.CHUNK);
      ByteBuffer chunk = bytes(path, channel, n * e.stored().bytes());
      for (int i = 0; i < n; i++) {
        if (!reader.take(chunk)) {
          throw new FormatException(
              path, "\"" + e.name() + "\" (" + e.stored() + ") has a number beyond 32 bits");
        }
      }
      left -= n;
    }
    return reader.tensor();
  }

  private static ByteBuffer bytes(Path path, FileChannel channel, int n) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    while (b.hasRemaining()) {
      if (channel.read(b) < 0) {
        throw new FormatException(path, "ends before its numbers do");
      }
    }
    return b.flip();
  }

  /**
   * Writes a file as the reference implementation does: the widest types first, then by name. The
   * file appears whole or not at all; one that was there stays until then.
   */
  public void write(Path path) throws IOException {
    List<Header.Entry> entries = new ArrayList<>();
    tensors.forEach((name, t) -> entries.add(Header.Entry.of(name, t)));
    entries.sort(
        Comparator.comparingInt((Header.Entry e) -> -e.stored().bytes())
            .thenComparing(Header.Entry::name));
    byte[] header = Header.format(entries, metadata);
    AtomicFile.write(
        path,
        out -> {
          out.write(little(8).putLong(header.length).array());
          out.write(header);
          for (Header.Entry e : entries) {
            out.write(Stored.bytes(Objects.requireNonNull(tensors.get(e.name()))));
          }
        });
  }

  private static ByteBuffer little(int n) {
    return ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
  }
}
