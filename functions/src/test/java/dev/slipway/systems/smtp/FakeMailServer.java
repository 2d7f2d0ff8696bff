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

/** A submission server: STARTTLS or TLS from the start, AUTH, and replies of choice. */
final class FakeMailServer implements AutoCloseable {

  private final FakeTcp server;
  private final SSLContext tls;
  private final boolean tlsFirst;
  private final Map<String, String> replies = new LinkedHashMap<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> inTheClear = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();

  FakeMailServer(SSLContext tls, boolean tlsFirst) {
    this.tls = tls;
    this.tlsFirst = tlsFirst;
    replies.put("GREETING", "220 mail.example ESMTP");
    replies.put("EXTENSIONS", "STARTTLS");
    replies.put("MECHANISMS", "PLAIN LOGIN");
    replies.put("STARTTLS", "220 go ahead");
    replies.put("AUTH", "235 2.7.0 ok");
    replies.put("MAIL", "250 2.1.0 ok");
    replies.put("RCPT", "250 2.1.5 ok");
    server = new FakeTcp(this::serve);
  }

  /** Replies to this command, named by its verb, with this line. */
  FakeMailServer reply(String verb, String line) {
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
        case "RSET" -> say(socket, "250 ok");
        case "QUIT" -> {
          say(socket, "221 bye");
          return;
        }
        default -> say(socket, replies.getOrDefault(verb, "500 what?"));
      }
      line = line(socket);
    }
  }

  private void hello(Socket socket) throws IOException {
    boolean secure = socket instanceof SSLSocket;
    say(socket, "250-mail.example greets you");
    say(socket, "250-SIZE 10000000");
    if (secure && !replies.get("MECHANISMS").isEmpty()) {
      say(socket, "250-AUTH " + replies.get("MECHANISMS"));
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
      commands.add("plain " + decode(line.substring("AUTH PLAIN ".length())).replace('\0', '|'));
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
