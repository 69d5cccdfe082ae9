import org.jspecify.annotations.NullMarked;

/** Tensors, and the kernels that compute on them. */
@NullMarked
module dev.unroll.tensor {
  requires static org.jspecify;
  requires org.slf4j;
  requires jdk.incubator.vector;

  exports dev.unroll.tensor;
}
