package dev.slipway.local.sandbox.mail;

import dev.slipway.local.sandbox.network.Routes;
import dev.slipway.local.sandbox.tls.ServerIdentities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalInt;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Submits a mail over SMTP (RFC 5321, 3207, 4954), as the platform does with the settings it was
 * given. An error of the settings shows in the exception's message, the server's reply included.
 */
public final class MailSubmission {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final Routes routes;
  private final ServerIdentities identities;

  /** A client on the sandbox's own network. */
  public MailSubmission(Routes routes, ServerIdentities identities) {
    this.routes = routes;
    this.identities = identities;
  }

  /**
   * Connects, logs in and leaves.
   *
   * @throws IOException when that fails, saying why
   */
  public void check(MailSettings settings) throws IOException {
    try (Dialogue dialogue = open(settings)) {
      dialogue.command("QUIT", 221);
    }
  }

  /**
   * Sends one mail.
   *
   * @throws IOException when it was not accepted, saying why
   */
  public void send(MailSettings settings, String to, String subject, String body)
      throws IOException {
    try (Dialogue dialogue = open(settings)) {
      dialogue.command("MAIL FROM:<" + settings.from() + ">", 250);
      dialogue.command("RCPT TO:<" + to + ">", 250);
      dialogue.command("DATA", 354);
      String message =
          "From: "
              + settings.from()
              + "\r\nTo: "
              + to
              + "\r\nSubject: "
              + subject
              + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
              + body.replaceAll("\r?\n", "\r\n").replaceAll("(?m)^\\.", "..")
              + "\r\n.";
      dialogue.command(message, 250);
      dialogue.command("QUIT", 221);
    }
  }

  private Dialogue open(MailSettings settings) throws IOException {
    OptionalInt port = routes.localPort(settings.host(), settings.port());
    if (port.isEmpty()) {
      throw new IOException(
          "Couldn't connect to host, port: " + settings.host() + ", " + settings.port());
    }
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      Socket first = settings.security().equals("SSMTP") ? secure(socket, settings) : socket;
      Dialogue dialogue = new Dialogue(first);
      dialogue.expect(220);
      dialogue.command("EHLO app.paas.hoster.example", 250);
      if (settings.security().equals("STARTTLS")) {
        dialogue.command("STARTTLS", 220);
        dialogue = new Dialogue(secure(socket, settings));
        dialogue.command("EHLO app.paas.hoster.example", 250);
      }
      if (!settings.user().isEmpty()) {
        String login = "\0" + settings.user() + "\0" + settings.password();
        byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
        dialogue.command("AUTH PLAIN " + Base64.getEncoder().encodeToString(bytes), 235);
      }
      return dialogue;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private SSLSocket secure(Socket socket, MailSettings settings) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            identities
                .clientContext()
                .getSocketFactory()
                .createSocket(socket, settings.host(), settings.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /** Command and reply, one after the other. */
  private static final class Dialogue implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Dialogue(Socket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      this.out = socket.getOutputStream();
    }

    void command(String line, int expected) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      expect(expected);
    }

    void expect(int expected) throws IOException {
      String line;
      do {
        line = in.readLine();
        if (line == null) {
          throw new IOException("The mail server closed the connection");
        }
      } while (line.length() > 3 && line.charAt(3) == '-');
      if (!line.startsWith(Integer.toString(expected))) {
        throw new IOException(line);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
