import org.jspecify.annotations.NullMarked;

/** Tensors, and the kernels that compute on them. */
@NullMarked
@SuppressWarnings("module") // The module that loops are exported to is compiled later.
module dev.unroll.tensor {
  requires static org.jspecify;
  requires org.slf4j;
  requires jdk.incubator.vector;

  exports dev.unroll.tensor;
  exports dev.unroll.tensor.loop to
      dev.unroll.autograd;
  exports dev.unroll.tensor.spi;

  uses dev.unroll.tensor.spi.KernelProvider;

  provides dev.unroll.tensor.spi.KernelProvider with
      dev.unroll.tensor.scalar.ScalarKernelProvider,
      dev.unroll.tensor.simd.SimdKernelProvider;
}
