package dev.slipway.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mail service that keeps what it is given. */
final class FakeMails implements AutoCloseable {
  static final String FROM = "slipway@vendor.example";

  private static final String ANSWER =
      "<SendEmailResponse xmlns=\"http://ses.amazonaws.com/doc/2010-12-01/\"><SendEmailResult>"
          + "<MessageId>1</MessageId></SendEmailResult></SendEmailResponse>";

  private final HttpServer server;
  private final List<Mail> mails = new ArrayList<>();
  private boolean away;

  /** A mail. */
  record Mail(String to, String subject, String text) {}

  FakeMails() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on nothing is taken. */
  synchronized void goAway(boolean isAway) {
    away = isAway;
  }

  synchronized List<Mail> mails() {
    return List.copyOf(mails);
  }

  synchronized Mail last() {
    return mails.getLast();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form = new HashMap<>();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String part : body.split("&", -1)) {
      String[] pair = part.split("=", 2);
      form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    if (!away) {
      mails.add(
          new Mail(
              form.get("Destination.ToAddresses.member.1"),
              form.get("Message.Subject.Data"),
              form.get("Message.Body.Text.Data")));
    }
    byte[] bytes = (away ? "" : ANSWER).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(away ? 400 : 200, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
