package dev.unroll.testing.twins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources of tensor-core that are made and not written: from a table, from a pattern, or from
 * the source over float that lies beside them.
 */
final class Twins {
  private static final String TENSOR = "tensor-core/src/main/java/dev/unroll/tensor/";

  /** Each has a twin over double. */
  private static final List<String> MASTERS =
      List.of(
          "kernel/Floats",
          "scalar/ScalarFloatKernels",
          "scalar/ScalarFloatProduct",
          "simd/FloatPanels",
          "simd/FloatProduct",
          "simd/FloatProductInPlace",
          "simd/FloatTranspose",
          "simd/SimdFloatKernels");

  private final Path root;
  private final Map<Path, String> sources = new LinkedHashMap<>();

  private Twins(Path root) {
    this.root = root;
  }

  /** Returns every source that is made, by its path below the root. */
  static Map<Path, String> sources(Path root) throws IOException {
    return new Twins(root).make();
  }

  private Map<Path, String> make() throws IOException {
    String table = "Code.txt";
    List<Formula> formulas = Formula.read(root.resolve(TENSOR + "spi/" + table));
    put("spi/Code", table, ElementwiseLoops.codes(formulas));
    both("scalar/ScalarFloatElementwise", table, ElementwiseLoops.scalar(formulas));
    put("simd/FloatElementwise", table, ElementwiseLoops.simd(formulas, "float"));
    put("simd/DoubleElementwise", table, inDouble(ElementwiseLoops.simd(formulas, "double")));
    both("simd/FloatBlocks", "ProductBlocks", ProductBlocks.packed());
    both("simd/FloatBlocksInPlace", "ProductBlocks", ProductBlocks.inPlace());
    for (String master : MASTERS) {
      String text = Files.readString(root.resolve(TENSOR + master + ".java"));
      put(inDouble(master), master.replaceFirst(".*/", "") + ".java", inDouble(text));
    }
    return sources;
  }

  private void both(String name, String master, String text) {
    put(name, master, text);
    put(inDouble(name), master, inDouble(text));
  }

  private void put(String name, String master, String text) {
    String line =
        "// Generated from %s by TwinsTest (-Dunroll.golden=update); do not edit.\n"
            .formatted(master);
    sources.put(Path.of(TENSOR + name + ".java"), line + text);
  }

  /** Returns a text over float as one over double: no cast is left that does nothing. */
  static String inDouble(String text) {
    return text.replaceAll("\\((float|double)\\) ", "")
        .replaceAll("(\\d)f\\b", "$1")
        .replace("float", "double")
        .replace("double32", "float64")
        .replace("Float", "Double")
        .replace("FLOAT", "DOUBLE");
  }
}
