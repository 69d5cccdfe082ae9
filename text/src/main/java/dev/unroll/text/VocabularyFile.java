package dev.unroll.text;

import dev.unroll.files.AtomicFile;
import dev.unroll.files.FileErrors;
import dev.unroll.text.read.Texts;
import dev.unroll.text.read.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The file of a vocabulary: see {@link Vocabulary#save}. */
final class VocabularyFile {
  private static final String TOKENS = "tokens";
  private static final String SPECIAL = "special";

  /** The maximum number of characters of a line in an error message. */
  private static final int SHOWN = 60;

  private VocabularyFile() {}

  /** Writes the file atomically. */
  static void write(Path path, Vocabulary v) throws IOException {
    byte[] bytes = text(v).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(path, out -> out.write(bytes));
  }

  /** Returns the content of the file. */
  static String text(Vocabulary v) {
    List<Special> specials = v.specials();
    List<String> lines = new ArrayList<>();
    lines.add(TOKENS + "\t" + (v.size() - specials.size()));
    if (!specials.equals(List.of(Special.UNKNOWN))) {
      specials.forEach(s -> lines.add(SPECIAL + "\t" + s.name().toLowerCase(Locale.ROOT)));
    }
    for (int id = specials.size(); id < v.size(); id++) {
      lines.add(v.count(id) + "\t" + Escapes.escape(v.token(id)));
    }
    lines.add(""); // The last line is terminated too.
    return String.join("\n", lines);
  }

  /** Reads a file: see {@link Vocabulary#load(Path, Utf8)}. */
  static Vocabulary read(Path path, Utf8 bytes) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + ": expected a file, got a folder");
    }
    return parse(path.toString(), Texts.read(path, bytes));
  }

  /**
   * Parses the content of a file.
   *
   * @param path the origin of the text, for messages
   */
  static Vocabulary parse(String path, String text) throws IOException {
    if (text.isEmpty()) {
      throw new IOException(path + ": expected a vocabulary, got an empty file");
    }
    String[] lines = text.split("\r?\n", -1); // A token's own \r is escaped.
    int begin = lines[0].startsWith(TOKENS + "\t") ? 1 : 0;
    List<Special> specials = specials(path, begin, lines);
    Vocabulary v;
    try {
      v = new Vocabulary(Vocabulary.specials(specials.toArray(Special[]::new)));
    } catch (IllegalArgumentException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
    for (int at = begin + specials.size(); at < lines.length; at++) {
      if (!lines[at].isEmpty()) {
        add(v, path + ":" + (at + 1), lines[at]);
      }
    }
    if (begin > 0) {
      checkEnd(path, v, lines);
    }
    return v;
  }

  private static List<Special> specials(String path, int begin, String... lines)
      throws IOException {
    List<Special> all = new ArrayList<>();
    for (int at = begin; at < lines.length && lines[at].startsWith(SPECIAL + "\t"); at++) {
      String name = lines[at].substring(SPECIAL.length() + 1);
      try {
        all.add(Special.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            path + ":" + (at + 1) + ": unknown special token " + FileErrors.quoted(name), e);
      }
    }
    return all;
  }

  private static void checkEnd(String path, Vocabulary v, String... lines) throws IOException {
    String expected = lines[0].substring(TOKENS.length() + 1);
    int tokens = v.size() - v.specials().size();
    if (!expected.equals(Integer.toString(tokens))) {
      throw new IOException(
          path
              + ": expected "
              + FileErrors.escape(expected)
              + " tokens, as stated in line 1, got "
              + tokens);
    }
    if (!lines[lines.length - 1].isEmpty()) {
      throw new IOException(path + ":" + lines.length + ": the last line is not terminated");
    }
  }

  private static void add(Vocabulary v, String where, String line) throws IOException {
    int tab = line.indexOf('\t');
    try {
      String count = line.substring(0, Math.max(0, tab));
      if (!count.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new IllegalArgumentException("a count consists of ASCII digits only");
      }
      if (!v.add(Escapes.unescape(line.substring(tab + 1)), Long.parseLong(count))) {
        throw new IOException(where + ": duplicate token");
      }
    } catch (IllegalArgumentException e) {
      String shown = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
      throw new IOException(
          where + ": expected a count, a tab and a token: " + FileErrors.escape(shown), e);
    }
  }
}
