package dev.unroll.benchmarks.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** The kernels that OpenBLAS chose in this process, which JavaCPP's presets do not expose. */
final class OpenBlasCore {
  private OpenBlasCore() {}

  /** Returns the name of the core, such as {@code SkylakeX}; the library must be loaded. */
  @SuppressWarnings("restricted") // A peer is native code.
  static String name() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup loaded = SymbolLookup.libraryLookup("libopenblas_nolapack.so.0", Arena.global());
    try {
      MemorySegment name =
          (MemorySegment)
              linker
                  .downcallHandle(
                      loaded.findOrThrow("openblas_get_corename"),
                      FunctionDescriptor.of(ValueLayout.ADDRESS))
                  .invokeExact();
      return name.reinterpret(64).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("[bench] OpenBLAS does not report its core", e);
    }
  }
}
