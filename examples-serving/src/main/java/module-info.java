import org.jspecify.annotations.NullMarked;

/** Serves models over HTTP, and measures that. */
@NullMarked
module dev.unroll.examples.serving {
  requires static org.jspecify;
  requires com.google.protobuf;
  requires com.microsoft.onnxruntime;
  requires dev.unroll.models;
  requires dev.unroll.training;
  requires info.picocli;
  requires java.management;
  requires jdk.httpserver;
  requires org.slf4j;
  requires org.tribuo.util.onnx;
  requires tools.jackson.databind;

  opens dev.unroll.examples.serving to
      info.picocli,
      tools.jackson.databind;
}
