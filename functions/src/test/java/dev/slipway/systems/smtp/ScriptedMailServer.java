package dev.slipway.systems.smtp;

import dev.slipway.systems.fake.FakeTcp;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A submission server whose replies a test writes down: STARTTLS or TLS from the start, AUTH, and
 * what no proper server says, such as lines behind the reply to STARTTLS. A reply that is {@code
 * CLOSE} ends the connection without one.
 */
final class ScriptedMailServer implements AutoCloseable {

  static final String CLOSE = "CLOSE";

  private final FakeTcp server;
  private final SSLContext tls;
  private final boolean tlsFirst;
  private final Map<String, String> replies = new LinkedHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> inTheClear = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();

  ScriptedMailServer(SSLContext tls, boolean tlsFirst) {
    this(tls, tlsFirst, "127.0.0.1", 0);
  }

  /** At an address of loopback's, and a port that another one may have at another address. */
  ScriptedMailServer(SSLContext tls, boolean tlsFirst, String address, int port) {
    this.tls = tls;
    this.tlsFirst = tlsFirst;
    replies.put("GREETING", "220 mail.example ESMTP");
    replies.put("EXTENSIONS", "STARTTLS");
    replies.put("MECHANISMS", "PLAIN LOGIN");
    replies.put("STARTTLS", "220 go ahead");
    replies.put("AUTH", "235 2.7.0 ok");
    replies.put("MAIL", "250 2.1.0 ok");
    replies.put("RCPT", "250 2.1.5 ok");
    replies.put("RSET", "250 ok");
    replies.put("QUIT", "221 bye");
    replies.put("HELLO", "mail.example greets you");
    server = new FakeTcp(address, port, this::serve);
  }

  /** Replies to this command, named by its verb or in whole, with this line. */
  ScriptedMailServer reply(String verb, String line) {
    replies.put(verb, line);
    return this;
  }

  int port() {
    return server.port();
  }

  List<String> commands() {
    return commands;
  }

  List<String> inTheClear() {
    return inTheClear;
  }

  List<String> messages() {
    return messages;
  }

  private void serve(Socket plain) throws IOException {
    Socket socket = tlsFirst ? secured(plain) : plain;
    say(socket, replies.get("GREETING"));
    String line = line(socket);
    while (line != null) {
      commands.add(line);
      if (!(socket instanceof SSLSocket)) {
        inTheClear.add(line);
      }
      String verb = line.split(" ", -1)[0].toUpperCase(Locale.ROOT);
      switch (verb) {
        case "EHLO" -> hello(socket);
        case "STARTTLS" -> {
          say(socket, replies.get("STARTTLS"));
          if (replies.get("STARTTLS").startsWith("220")
              && !replies.get("STARTTLS").contains("\n")) {
            socket = secured(plain);
          }
        }
        case "AUTH" -> authenticate(socket, line);
        case "DATA" -> {
          say(socket, "354 go on");
          messages.add(message(socket));
          say(socket, "250 2.0.0 queued");
        }
        default -> {
          String reply = replies.getOrDefault(line, replies.getOrDefault(verb, "500 what?"));
          if (reply.equals(CLOSE)) {
            return;
          }
          say(socket, reply);
          if (verb.equals("QUIT")) {
            return;
          }
        }
      }
      line = line(socket);
    }
  }

  private void hello(Socket socket) throws IOException {
    boolean secure = socket instanceof SSLSocket;
    say(socket, "250-" + replies.get("HELLO"));
    say(socket, "250-SIZE 10000000");
    if (secure && !replies.get("MECHANISMS").isEmpty()) {
      String mechanisms = replies.get("MECHANISMS");
      say(socket, "250-AUTH" + (mechanisms.startsWith("=") ? "" : " ") + mechanisms);
    }
    say(socket, "250 " + (secure ? "8BITMIME" : replies.get("EXTENSIONS")));
  }

  private void authenticate(Socket socket, String line) throws IOException {
    if (line.equals("AUTH LOGIN")) {
      say(socket, "334 VXNlcm5hbWU6");
      commands.add("user " + decode(line(socket)));
      say(socket, "334 UGFzc3dvcmQ6");
      commands.add("password " + decode(line(socket)));
    } else {
      String token = line.substring("AUTH PLAIN".length()).strip();
      if (token.isEmpty()) {
        say(socket, "334 ");
        token = line(socket);
      }
      commands.add("plain " + decode(token).replace('\0', '|'));
    }
    say(socket, replies.get("AUTH"));
  }

  private static String message(Socket socket) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = line(socket); line != null && !line.equals("."); line = line(socket)) {
      message.append(line).append('\n');
    }
    return message.toString();
  }

  private Socket secured(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private static String decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String line(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString().strip();
      }
      line.append((char) next);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
