package dev.unroll.testing.twins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is made lies in tensor-core as it would be made now. */
class TwinsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** Compares, after {@code -Dunroll.golden=update} has replaced what differs. */
  @Test
  void twinsAreAsTheirMasters() throws IOException {
    Map<Path, String> expected = new TreeMap<>();
    Map<Path, String> found = new TreeMap<>();
    for (Map.Entry<Path, String> e : Twins.sources(ROOT).entrySet()) {
      Path file = ROOT.resolve(e.getKey());
      String now = Files.exists(file) ? Files.readString(file) : "";
      if (!withoutLayout(now).equals(withoutLayout(e.getValue()))) {
        if ("update".equals(System.getProperty("unroll.golden"))) {
          Files.writeString(file, e.getValue());
        } else {
          expected.put(e.getKey(), e.getValue());
          found.put(e.getKey(), now);
        }
      }
    }
    assertThat(found)
        .as("made sources: change the master, rerun with -Dunroll.golden=update, format, commit")
        .isEqualTo(expected);
  }

  /** The formatter breaks lines, of Javadoc too. */
  private static String withoutLayout(String source) {
    return Pattern.compile("/\\*\\*.*?\\*/", Pattern.DOTALL)
        .matcher(source)
        .replaceAll(javadoc ->
            Matcher.quoteReplacement(
                javadoc.group().replace("\n", "").replaceAll("\\s\\*(?!/)", "")))
        .replaceAll("\\s+", "");
  }

  @Test
  void everySourceThatSaysSoIsMade() throws IOException {
    Map<Path, String> sources = Twins.sources(ROOT);
    try (var files = Files.walk(ROOT.resolve("tensor-core/src/main"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (Files.readString(file).startsWith("// Generated")) {
          assertThat(sources).containsKey(ROOT.relativize(file));
        }
      }
    }
  }

  @Test
  void operandsAreThoseThatTheFormulaNames() {
    Formula f = Formula.parse("F   a.c() + b(x)  -  {@code a}: one operand.");
    assertThat(f.operands()).isEqualTo(1);
    assertThat(f.hasFactors()).isFalse();
    assertThat(f.isVectorized("float")).isFalse();
    assertThat(f.meaning()).isEqualTo("{@code a}: one operand.");
    assertThat(Formula.parse("G  a * b + scale  a.mul(b).add(scale)  x.").operands()).isEqualTo(2);
    assertThat(Formula.parse("G  scale * c  a  x.").hasFactors()).isTrue();
    assertThatThrownBy(() -> Formula.parse("F  a  b"))
        .hasMessage("expected four columns, two or more spaces apart, got: F  a  b");
  }

  @Test
  void functionsOfFloatVectorsHaveNoTwin() {
    Formula f = Formula.parse("F  a  FloatFunctions.exp(a)  x.");
    assertThat(f.isVectorized("float")).isTrue();
    assertThat(f.isVectorized("double")).isFalse();
  }

  @Test
  void doubleNeedsNoCasts() {
    assertThat(Twins.inDouble("s += (double) x * (float) Math.sqrt(0.5f); Selection.float32()"))
        .isEqualTo("s += x * Math.sqrt(0.5); Selection.float64()");
  }
}
