package consumer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Concurrent clients of an endpoint. */
final class Clients {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Clients() {}

  /** The number of the body that was sent, and the answer. */
  record Reply(int body, int status, String text) {}

  /** Sends one request. */
  static HttpResponse<String> post(URI address, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Sends bodies in turn from each client, until the training ends, and at least once. */
  static List<Reply> run(int clients, URI address, List<String> bodies, BooleanSupplier training)
      throws Exception {
    List<Reply> all = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Reply>>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int first = c;
        running.add(
            pool.submit(() -> {
              List<Reply> replies = new ArrayList<>();
              for (int i = first; replies.isEmpty() || training.getAsBoolean(); i++) {
                int body = i % bodies.size();
                HttpResponse<String> r = post(address, bodies.get(body));
                replies.add(new Reply(body, r.statusCode(), r.body()));
              }
              return replies;
            }));
      }
      for (Future<List<Reply>> r : running) {
        all.addAll(r.get());
      }
    }
    return all;
  }
}
