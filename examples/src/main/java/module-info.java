import org.jspecify.annotations.NullMarked;

/** Applications, and the command line that runs them. */
@NullMarked
module dev.unroll.examples {
  requires static org.jspecify;
  requires transitive dev.unroll.training;
  requires transitive dev.unroll.text;
}
