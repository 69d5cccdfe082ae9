package dev.unroll.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final UnrollPredictor PREDICTOR = new UnrollPredictor(Networks.sensors(1));
  private static Endpoint endpoint;

  @BeforeAll
  static void start() throws IOException {
    endpoint = new Endpoint(PREDICTOR, 0);
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  private static Answer post(String body) throws IOException {
    try (Connection connection = new Connection(endpoint.address())) {
      return connection.post("/predict", body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Answer get(String path) throws IOException {
    try (Connection connection = new Connection(endpoint.address())) {
      return connection.get(path);
    }
  }

  @Test
  void anAnswerHasVersionLabelAndProbabilities() throws IOException {
    Request request = Samples.sensors(1, 7, 3).getFirst();
    var expected = PREDICTOR.predict(request);
    Answer answer = post(new String(Json.write(request), StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Json.read(answer.body(), Reply.class))
        .isEqualTo(new Reply(0, expected.label(), expected.probabilities()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"steps\":null}",
        "{\"steps\":[null]}",
        "{\"steps\":[]}",
        "{\"steps\":[[]]}",
        "{\"steps\":[[1,2,3]]}",
        "{\"steps\":[[1,2,3,4,5,6],[1,2]]}",
        "{\"steps\":[[1,2,3,4,5,\"NaN\"]]}",
        "{\"steps\":[[1,2,3,4,5,\"x\"]]}",
        "{\"ids\":[1]}",
        "{\"ids\":[1],\"steps\":[[1,2,3,4,5,6]]}",
        "{\"others\":1}"
      })
  void refusesBodiesInASentence(String body) throws IOException {
    Answer answer = post(body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains("expected");
  }

  @Test
  void refusesLargeBodies() throws IOException {
    assertThat(post(" ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
  }

  @Test
  void refusesOtherMethods() throws IOException {
    Answer answer = get("/predict");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.text()).isEqualTo("expected POST, got GET");
  }

  @Test
  void reportsMemory() throws IOException {
    Memory memory = Json.read(get("/memory").body(), Memory.class);
    assertThat(memory.heapKb()).isPositive();
    assertThat(memory.threads()).isPositive();
  }

  @Test
  void answersWithThePublishedVersion() throws IOException {
    try (Endpoint other = new Endpoint(PREDICTOR, 0)) {
      Clients client = new Clients(other.address(), 1, Duration.ZERO);
      List<Request> requests = Samples.sensors(1, 5, 1);
      List<Double> before = client.answers(requests);
      UnrollPredictor next = new UnrollPredictor(Networks.sensors(2));
      other.publish(7, next);
      assertThat(client.answers(requests))
          .isNotEqualTo(before)
          .isEqualTo(next.predict(requests.getFirst()).probabilities());
    }
  }
}
