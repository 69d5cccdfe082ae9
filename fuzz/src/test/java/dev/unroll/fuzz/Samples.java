package dev.unroll.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of each form: valid ones, changed ones, and archives and tensors around changed parts. */
final class Samples {
  static final String WORD_PIECE =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens":
       [{"id": 0, "content": "[UNK]", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": true},
        {"id": 4, "content": "<x>", "single_word": true, "lstrip": true, "rstrip": true,
         "normalized": true, "special": false}],
       "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"},
        {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
         "strip_accents": null, "lowercase": true}]},
       "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null,
       "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "a": 1, "##b": 2, "text": 3}}}
      """;

  static final String BPE =
      """
      {"added_tokens": [{"id": 6, "content": "<s>", "special": false, "normalized": true}],
       "normalizer": {"type": "Lowercase"}, "pre_tokenizer": null,
       "decoder": {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]},
       "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "fuse_unk": true,
        "continuing_subword_prefix": null, "end_of_word_suffix": "", "byte_fallback": true,
        "ignore_merges": true, "vocab": {"<unk>": 0, "a": 1, "b": 2, "ab": 3, " ": 4, "<0xED>": 5},
        "merges": ["a b", ["a", "b"]]}}
      """;

  static final String JSON_LINES =
      "{\"text\": \"하나 \\u00e9\", \"label\": 1, \"more\": {\"a\": [1, 2.5e3, null, true]}}";

  static final String TABLE = "text;label\r\n\"a \"\"b\"\";\nc\";1\r\n하나;2\n;3\n";
  static final String VOCABULARY =
      "tokens\t2\nspecial\tpadding\nspecial\tunknown\n12\tthe\n3\t\\s\\{1F600}\n";
  static final String VECTORS = "3 3\nthe 0.1 -2 3e-1\ncat 1 2 3\n. . 4 5 6\n";
  static final String LINES = "하나\r\n둘\n\nthree é 😀\rfour";

  private static final String TENSORS =
      """
      {"__metadata__": {"format": "pt", "step": "12", "hidden": "64"},
       "weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
       "bias": {"dtype": "F64", "shape": [2], "data_offsets": [24, 40]},
       "ids": {"dtype": "I32", "shape": [], "data_offsets": [40, 44]},
       "none": {"dtype": "F32", "shape": [0, 7], "data_offsets": [44, 44]}}
      """;

  private static final int DATA = 44;
  private static final String[] NAMES = {
    "pos/1.txt",
    "neg/2.txt",
    "__MACOSX/pos/._1.txt",
    ".git/x",
    "../up",
    "/root",
    "긍정/하나",
    "a//b",
    "",
    "pos\\3.txt",
    "./pos/4.txt",
    "pos/..\\..\\x",
    "C:\\x",
    "\u001b[2J",
    "x".repeat(300)
  };

  private Samples() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A document of JSON, changed in its structure and perhaps in its bytes. */
  static byte[] json(String sample, Random random) {
    return Mutation.maybe(bytes(JsonMutation.of(sample, random)), random);
  }

  /** A tokenizer that was changed, or one of very many normalizers and added tokens. */
  static byte[] wordPiece(Random random) {
    if (random.nextInt(100) > 0) {
      return json(WORD_PIECE, random);
    }
    StringBuilder added = new StringBuilder("[");
    int n = 1 << random.nextInt(13);
    for (int i = 0; i < n; i++) {
      added.append("{\"id\": ").append(5 + i).append(", \"content\": \"a").append(i).append("\"},");
    }
    String deep = "a".repeat(1 << random.nextInt(17)) + "<x>";
    String normalizers = "{\"type\": \"Lowercase\"},".repeat(1 << random.nextInt(13));
    String list = "\"normalizers\": [";
    return bytes(
        WORD_PIECE
            .replace("[{\"id\": 0", added + "{\"id\": 0")
            .replace("<x>", deep)
            .replace(list, list + normalizers));
  }

  /** Lines that were changed, line by line and in their bytes. */
  static byte[] lines(String sample, Random random) {
    return Mutation.maybe(bytes(Mutation.lines(sample, random)), random);
  }

  /** Several objects of JSON. */
  static byte[] jsonLines(Random random) {
    StringBuilder all = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      all.append(JsonMutation.of(JSON_LINES, random).replace('\n', ' ')).append('\n');
    }
    return Mutation.maybe(bytes(all.toString()), random);
  }

  /** An archive of texts, some of them large when they are unpacked. */
  static byte[] zip(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Charset names =
        random.nextInt(4) == 0 ? Charset.forName("x-windows-949") : StandardCharsets.UTF_8;
    Set<String> seen = new HashSet<>();
    try (ZipOutputStream z = new ZipOutputStream(out, names)) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        String name = random.nextInt(5) + NAMES[random.nextInt(NAMES.length)];
        byte[] text = lines(LINES, random);
        if (random.nextInt(500) == 0) {
          text = new byte[1 << 22];
        }
        ZipEntry e = new ZipEntry(random.nextInt(3) == 0 ? name.substring(1) : i + name);
        if (!seen.add(e.getName())) {
          continue;
        }
        if (random.nextInt(4) == 0) {
          e.setMethod(ZipEntry.STORED);
          e.setSize(text.length);
          CRC32 crc = new CRC32();
          crc.update(text);
          e.setCrc(crc.getValue());
        }
        z.putNextEntry(e);
        z.write(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Mutation.maybe(out.toByteArray(), random);
  }

  /** Tensors whose header was changed, or its length, or what follows it. */
  static byte[] tensors(Random random) {
    byte[] header = json(TENSORS, random);
    long length = header.length;
    if (random.nextInt(8) == 0) {
      long[] lengths = {0, -1, length + 1, length - 1, 1L << 31, Long.MAX_VALUE, 1 << 27};
      length = lengths[random.nextInt(lengths.length)];
    }
    int data = random.nextInt(6) == 0 ? random.nextInt(2 * DATA) : DATA;
    return ByteBuffer.allocate(8 + header.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .array();
  }
}
