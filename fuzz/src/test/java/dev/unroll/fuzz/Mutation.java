package dev.unroll.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes of lines and of bytes. */
final class Mutation {
  private static final String[] PIECES = {
    "99999999999",
    "-1",
    "0.5",
    "NaN",
    "1e999",
    "\"",
    "\"\"",
    "\t",
    ";",
    ",",
    "\\",
    "\\{110000}",
    "\r",
    "\r\n",
    "\n",
    "\u0000",
    "\uFEFF",
    " ",
    "\u0661",
    "special\tunknown",
    "1\tx",
    "60000",
    "٣"
  };

  private Mutation() {}

  /** Returns lines that were swapped, doubled, left out, cut, and filled. */
  static String lines(String sample, Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(sample.split("(?<=\n)")));
    for (int i = random.nextInt(5); i > 0 && !lines.isEmpty(); i--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      int cut = random.nextInt(line.length() + 1);
      String piece = PIECES[random.nextInt(PIECES.length)];
      switch (random.nextInt(7)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, line);
        case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
        case 3 -> lines.set(at, line.substring(0, cut));
        case 4 -> lines.set(at, line.replaceAll("[0-9.]+", piece.replace("\\", "")));
        case 5 ->
            lines.set(
                at,
                line.substring(0, cut)
                    + piece.repeat(1 << random.nextInt(random.nextInt(20) == 0 ? 14 : 3))
                    + line.substring(cut));
        default -> lines.set(at, line.replace("\n", "\r\n"));
      }
    }
    return String.join("", lines);
  }

  /** Returns bytes, changed in one of three cases. */
  static byte[] maybe(byte[] bytes, Random random) {
    return random.nextInt(3) == 0 ? changed(bytes, random) : bytes;
  }

  /** Returns bytes flipped, cut out, repeated, put in, and the end left off. */
  private static byte[] changed(byte[] given, Random random) {
    byte[] bytes = given;
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(Math.min(32, bytes.length - at) + 1);
      byte[] head = Arrays.copyOf(bytes, at);
      byte[] middle = Arrays.copyOfRange(bytes, at, at + length);
      byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> head;
            case 1 -> joined(head, tail);
            case 2 -> joined(head, middle, middle, middle, tail);
            case 3 -> joined(head, noise, tail);
            case 4 -> joined(head, piece, middle, tail);
            default -> {
              byte[] flipped = bytes.clone();
              flipped[at] ^= (byte) (1 << random.nextInt(8));
              yield flipped;
            }
          };
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] p : parts) {
      all.writeBytes(p);
    }
    return all.toByteArray();
  }
}
