package dev.unroll.examples.serving;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A connection that stays open, of one client: HTTP/1.1 as far as {@link Endpoint} speaks it. It
 * costs less than {@code java.net.http}, so that the server is measured and not its client; and
 * under load a connection of that one's pool was seen to fail ({@code Data received while in
 * pool}).
 */
final class Connection implements AutoCloseable {
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream input;
  private final String host;

  Connection(URI address) throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    input = new BufferedInputStream(socket.getInputStream());
    host = address.getAuthority();
  }

  Answer post(String path, byte[] body) throws IOException {
    return exchange("POST " + path, body);
  }

  Answer get(String path) throws IOException {
    return exchange("GET " + path, new byte[0]);
  }

  private Answer exchange(String request, byte[] body) throws IOException {
    String head =
        request + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length + "\r\n\r\n";
    ByteArrayOutputStream message = new ByteArrayOutputStream(head.length() + body.length);
    message.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    message.writeBytes(body);
    message.writeTo(socket.getOutputStream());
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    byte[] answer = input.readNBytes(length);
    if (answer.length < length) {
      throw new EOFException("expected " + length + " bytes, got " + answer.length);
    }
    return new Answer(status, answer);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
