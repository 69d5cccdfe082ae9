package dev.unroll.examples.serving;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Clients of a server, each on a virtual thread and with a connection that it keeps; each sends a
 * request after the answer to the one before.
 *
 * @param address of the server
 * @param count number of clients
 * @param pause between an answer and the next request
 */
record Clients(URI address, int count, Duration pause) {

  /** Receives answers from all clients, on their threads. */
  @FunctionalInterface
  interface Listener {
    void onReply(int request, Answer answer, long nanos);
  }

  /**
   * Sends requests for some time: client c begins with request c, and each continues in order.
   *
   * @throws IOException if a request failed
   */
  void run(List<Request> requests, Duration duration, Listener listener)
      throws IOException, InterruptedException {
    List<byte[]> bodies = requests.stream().map(Json::write).toList();
    long end = System.nanoTime() + duration.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < count; c++) {
        int first = c;
        running.add(threads.submit(() -> send(bodies, first, end, listener)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(address + ": " + e.getCause(), e);
    }
  }

  private Void send(List<byte[]> bodies, int first, long end, Listener listener)
      throws IOException, InterruptedException {
    try (Connection connection = new Connection(address)) {
      for (int n = first; System.nanoTime() < end; n++) {
        int request = n % bodies.size();
        long start = System.nanoTime();
        Answer answer = connection.post("/predict", bodies.get(request));
        listener.onReply(request, answer, System.nanoTime() - start);
        if (pause.isPositive()) {
          Thread.sleep(pause);
        }
      }
    }
    return null;
  }

  /** Sends each request once, and returns the probabilities of all answers. */
  List<Double> answers(List<Request> requests) throws IOException {
    List<Double> all = new ArrayList<>();
    try (Connection connection = new Connection(address)) {
      for (Request each : requests) {
        byte[] answer = connection.post("/predict", Json.write(each)).body();
        all.addAll(Json.read(answer, Reply.class).probabilities());
      }
    }
    return all;
  }

  /** Returns the memory of the server, after a collection. */
  Memory memory() throws IOException {
    try (Connection connection = new Connection(address)) {
      return Json.read(connection.get("/memory").body(), Memory.class);
    }
  }
}
