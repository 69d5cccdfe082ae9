package dev.unroll.interop;

import dev.unroll.files.AtomicFile;
import dev.unroll.files.FileErrors;
import dev.unroll.tensor.DType;
import dev.unroll.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A file of named tensors in the safetensors format (Hugging Face): eight bytes of header length, a
 * JSON header, and the elements, little-endian, without gaps.
 *
 * <p>Reading keeps float32, float64 and int32, widens F16 and BF16 to float32, and converts the
 * other integer types and BOOL to int32. A tensor that cannot be read, because its type is
 * unsupported (F8, complex) or an integer exceeds 32 bits, does no harm until it is accessed:
 * {@code tensors().get(name)} then throws an {@link java.io.UncheckedIOException} whose cause is a
 * {@link FormatException}, and which names the file, the tensor and its type.
 *
 * @param tensors by name, in the order in which the file stores them
 * @param metadata additional key-value pairs, in the order of the file
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

  /** Copies the maps. */
  public Safetensors {
    tensors =
        Collections.unmodifiableMap(
            tensors instanceof NamedTensors read ? read : new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a file.
   *
   * @throws FormatException if it is not a safetensors file, is damaged, or exceeds {@link
   *     Limits#DEFAULT}
   * @throws IOException if it cannot be read; the message names it
   */
  public static Safetensors read(Path path) throws IOException {
    return read(path, Limits.DEFAULT, name -> true);
  }

  /**
   * Reads selected tensors of a file.
   *
   * @param limits resource limits
   * @param wanted accepts the names of the tensors to read; the others are skipped
   * @throws FormatException if it is not a safetensors file, is damaged, or exceeds the limits
   * @throws IOException if it cannot be read; the message names it
   */
  public static Safetensors read(Path path, Limits limits, Predicate<String> wanted)
      throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      Header header = header(path, channel, limits);
      long data = channel.position();
      NamedTensors tensors = new NamedTensors();
      long bytes = 0;
      long largest = 0;
      for (Header.Entry e : header.entries()) {
        DType type = e.stored().type();
        if (type == null && wanted.test(e.name())) {
          tensors.refuse(e.name(), refusal(path, e, "whose type is unsupported"));
        } else if (type != null && wanted.test(e.name())) {
          long size = (long) e.shape().size() * type.bytes();
          bytes += size;
          largest = Math.max(largest, size);
          if (bytes + largest > limits.tensorBytes()) {
            throw new FormatException(
                path,
                "has tensors of more than "
                    + limits.tensorBytes()
                    + " bytes in memory, the limit Limits.tensorBytes");
          }
          channel.position(data + e.begin());
          read(path, channel, e, tensors);
        }
      }
      return new Safetensors(tensors, header.metadata());
    } catch (IOException e) {
      throw FileErrors.named(path, "cannot be read", e);
    }
  }

  private static FormatException refusal(Path path, Header.Entry e, String why) {
    return new FormatException(
        path,
        "has " + FileErrors.quoted(e.name()) + " (" + e.stored() + " " + e.shape() + "), " + why);
  }

  private static Header header(Path path, FileChannel channel, Limits limits) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw new FormatException(path, "has " + size + " bytes, expected a header length of 8");
    }
    long length = bytes(path, channel, 8).getLong();
    if (length <= 0 || length > Math.min(limits.headerBytes(), size - 8)) {
      throw new FormatException(
          path,
          "has a header length of "
              + Long.toUnsignedString(length)
              + " bytes, expected 1 to "
              + Math.min(limits.headerBytes(), size - 8));
    }
    byte[] json = bytes(path, channel, (int) length).array();
    return HeaderParser.parse(path, json, size - 8 - length, limits);
  }

  private static void read(Path path, FileChannel channel, Header.Entry e, NamedTensors into)
      throws IOException {
    Stored.Reader reader = e.stored().reader(e.shape());
    int left = e.shape().size();
    while (left > 0) {
      int n = Math.min(left, Stored.CHUNK);
      ByteBuffer chunk = bytes(path, channel, n * e.stored().bits() / 8);
      for (int i = 0; i < n; i++) {
        if (!reader.take(chunk)) {
          into.refuse(e.name(), refusal(path, e, "with an integer that exceeds 32 bits"));
          return;
        }
      }
      left -= n;
    }
    into.add(e.name(), reader.tensor());
  }

  private static ByteBuffer bytes(Path path, FileChannel channel, int n) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    while (b.hasRemaining()) {
      if (channel.read(b) < 0) {
        throw new FormatException(path, "ends within its tensor data");
      }
    }
    return b.flip();
  }

  /**
   * Writes a file in the order of the reference implementation: widest types first, then by name.
   * The file is written atomically: an existing file is replaced only when the new one is complete.
   *
   * @throws IllegalArgumentException if a name or metadata cannot be encoded
   */
  public void write(Path path) throws IOException {
    tensors.keySet().forEach(name -> checkText("a tensor", name));
    metadata.forEach((key, value) -> {
      checkText("metadata", key);
      checkText("metadata " + FileErrors.quoted(key), value);
    });
    List<Header.Entry> entries = new ArrayList<>();
    tensors.forEach((name, t) -> entries.add(Header.Entry.of(name, t)));
    entries.sort(
        Comparator.comparingInt((Header.Entry e) -> -e.stored().bits())
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

  /** Rejects text with which the file could not be read. */
  private static void checkText(String what, String text) {
    if (text.equals(Header.METADATA) || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "[safetensors] expected a name or text of "
              + what
              + " in Unicode, got "
              + FileErrors.quoted(text));
    }
  }

  private static ByteBuffer little(int n) {
    return ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
  }
}
