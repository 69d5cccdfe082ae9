package dev.unroll.examples.serving;

import java.nio.charset.StandardCharsets;

/** An answer of the server. */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
record Answer(int status, byte[] body) {
  static Answer error(int status, String message) {
    return new Answer(status, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the body as text. */
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
