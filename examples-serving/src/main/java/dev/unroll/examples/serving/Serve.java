package dev.unroll.examples.serving;

import dev.unroll.models.Classified;
import dev.unroll.models.Classifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a saved model until the process ends. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves a saved classifier over HTTP.")
@SuppressWarnings("NullAway.Init") // picocli sets spec.
final class Serve implements Callable<Integer> {
  /** Begins the line that is printed when requests can come; its address follows. */
  static final String READY = "serving on ";

  @Spec private CommandSpec spec;

  @Option(names = "--model", description = "File of the model; the one to begin with.")
  private @Nullable Path model;

  @Option(names = "--onnx", description = "File of a model, for ONNX Runtime.")
  private @Nullable Path onnx;

  @Option(
      names = "--intra-op",
      description = "Threads of a request of ONNX Runtime, 0 for its default; ${DEFAULT-VALUE}.")
  private int intraOp = 1;

  @Option(names = "--constant", description = "The same answer always: what HTTP and JSON cost.")
  private boolean constant;

  @Option(names = "--retrain-into", description = "Train sensors again and again; save them here.")
  private @Nullable Path folder;

  @Option(names = "--every", description = "Seconds between two versions; ${DEFAULT-VALUE}.")
  private int seconds = 60;

  @Option(names = "--updates", description = "Updates for a version; ${DEFAULT-VALUE}.")
  private int updates = 100;

  @Option(names = "--port", description = "0 for a free one.")
  private int port;

  @Override
  public Integer call() throws Exception {
    if (model != null) {
      serve(new UnrollPredictor(Classifier.load(model)));
    } else if (onnx != null) {
      serve(new OnnxPredictor(onnx, Samples.LABELS, intraOp));
    } else if (folder != null) {
      retrain(folder);
    } else if (constant) {
      serve(new ConstantPredictor(new Classified(Samples.LABELS, List.of(1.0, 0.0, 0.0, 0.0))));
    } else {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "expected one of --model, --onnx, --retrain-into and --constant");
    }
    return 0;
  }

  private void serve(Predictor predictor) throws Exception {
    try (predictor;
        Endpoint endpoint = new Endpoint(predictor, port)) {
      System.out.println(READY + endpoint.address());
      Thread.currentThread().join(); // Until the process is ended.
    }
  }

  private void retrain(Path into) throws Exception {
    Retraining retraining = new Retraining(Networks.sensors(1), into);
    try (Endpoint endpoint = new Endpoint(new UnrollPredictor(retraining.version(0, 0)), port)) {
      System.out.println(READY + endpoint.address());
      long next = System.nanoTime();
      for (long version = 1; ; version++) {
        endpoint.publish(version, new UnrollPredictor(retraining.version(version, updates)));
        next += Duration.ofSeconds(seconds).toNanos();
        Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      }
    }
  }
}
