package dev.unroll.benchmarks.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** The kernels that the OpenBLAS of this process chose, which JavaCPP's presets do not tell. */
final class OpenBlasCore {
  private OpenBlasCore() {}

  /** Returns the name of the core, such as {@code SkylakeX}; the library has to be loaded. */
  @SuppressWarnings("restricted") // Native code is what a peer is.
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
      throw new IllegalStateException("[bench] OpenBLAS does not tell its core", e);
    }
  }
}
