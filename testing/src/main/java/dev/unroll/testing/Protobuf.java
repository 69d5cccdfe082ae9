package dev.unroll.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields of a protocol buffers message by number, as the wire has them
 * (protobuf.dev/programming-guides/encoding): a long, or bytes.
 */
record Protobuf(Map<Integer, List<Object>> fields) {

  static Protobuf parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Object>> fields = new TreeMap<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      Object value =
          switch ((int) key & 7) {
            case 0 -> varint(in);
            case 1 -> in.getLong();
            case 2 -> {
              byte[] part = new byte[(int) varint(in)];
              in.get(part);
              yield part;
            }
            case 5 -> (long) in.getInt();
            default -> throw new IllegalArgumentException("[protobuf] wire type of " + key);
          };
      fields.computeIfAbsent((int) (key >>> 3), f -> new ArrayList<>()).add(value);
    }
    return new Protobuf(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (b & 127L) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  boolean has(int field) {
    return fields.containsKey(field);
  }

  List<byte[]> bytes(int field) {
    return fields.getOrDefault(field, List.of()).stream().map(v -> (byte[]) v).toList();
  }

  List<Protobuf> messages(int field) {
    return bytes(field).stream().map(Protobuf::parse).toList();
  }

  List<String> texts(int field) {
    return bytes(field).stream().map(b -> new String(b, StandardCharsets.UTF_8)).toList();
  }

  String text(int field) {
    return texts(field).isEmpty() ? "" : texts(field).getFirst();
  }

  /** Returns whole numbers, each in a field of its own or packed into one. */
  long[] integers(int field) {
    List<Long> all = new ArrayList<>();
    for (Object value : fields.getOrDefault(field, List.of())) {
      if (value instanceof Long one) {
        all.add(one);
      } else {
        ByteBuffer packed = ByteBuffer.wrap((byte[]) value);
        while (packed.hasRemaining()) {
          all.add(varint(packed));
        }
      }
    }
    return all.stream().mapToLong(v -> v).toArray();
  }

  float real(int field) {
    return Float.intBitsToFloat((int) integers(field)[0]);
  }
}
