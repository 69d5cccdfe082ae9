import org.jspecify.annotations.NullMarked;

/** Reverse-mode automatic differentiation, and unrolling through time. */
@NullMarked
module dev.unroll.autograd {
  requires static transitive org.jspecify;
  requires transitive dev.unroll.tensor;
  requires org.slf4j;

  exports dev.unroll.autograd;
  exports dev.unroll.autograd.scan;
}
