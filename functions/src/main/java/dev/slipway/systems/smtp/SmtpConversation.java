package dev.slipway.systems.smtp;

import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.TroubleClassifier;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Commands and replies over one connection, with a transcript that holds no secret. */
final class SmtpConversation {

  private static final int LONGEST_LINE = 2048;
  private static final int MOST_LINES = 100;
  private static final int PATIENCE_IN_PASSING_MILLIS = 2_000;

  /**
   * All of it, or until it goes on, so that a server which answers drop by drop does not hold a
   * function up.
   */
  private static final Duration LONGEST_CONVERSATION = Duration.ofSeconds(20);

  private final InstantSource clock;
  private Instant end;
  private final String against;
  private final Redactor redactor;
  private final List<String> transcript = new ArrayList<>();
  private InputStream in;
  private OutputStream out;
  private Socket socket;
  private boolean broken;
  private String asked = "greeting";

  SmtpConversation(String against, Redactor redactor, Socket socket, InstantSource clock) {
    this.clock = clock;
    goOn();
    this.against = against;
    this.redactor = redactor;
    use(socket);
  }

  /** Takes its time anew, after a pause of the caller's. */
  void goOn() {
    end = clock.instant().plus(LONGEST_CONVERSATION);
  }

  /** Goes on over this socket. */
  void use(Socket socket) {
    this.socket = socket;
    try {
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /**
   * Whether the server sent more than the reply just read. Before a change to TLS that would be
   * text put in by an attacker on the way (CVE-2011-0411).
   */
  boolean hasMore() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /** Sends a command and reads its reply. */
  SmtpReply ask(String command) {
    return ask(command, command);
  }

  /** Sends a command whose wording holds a secret; the transcript shows another text. */
  SmtpReply ask(String command, String shown) {
    asked = shown;
    transcript.add("> " + redactor.answer(shown));
    try {
      out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw trouble(e);
    }
    return reply();
  }

  /**
   * Sends a command on whose reply nothing depends, such as QUIT (RFC 5321, section 4.1.1.10): a
   * reply that is lost or late changes nothing.
   */
  void askInPassing(String command) {
    if (broken) {
      return;
    }
    try {
      socket.setSoTimeout(PATIENCE_IN_PASSING_MILLIS);
      ask(command);
    } catch (SystemTrouble | IOException lost) {
      broken = true;
    }
  }

  /** Reads one reply, all of its lines: the same code in each (RFC 5321, section 4.2.1). */
  SmtpReply reply() {
    try {
      List<String> lines = new ArrayList<>();
      int code = 0;
      while (lines.size() < MOST_LINES) {
        String line = line();
        if (!isReply(line) || (code != 0 && code != code(line))) {
          throw new ProtocolException("not SMTP: " + redactor.answer(line));
        }
        code = code(line);
        lines.add(line.length() > 4 ? line.substring(4) : "");
        if (line.length() == 3 || line.charAt(3) == ' ') {
          SmtpReply reply = new SmtpReply(code, lines);
          transcript.add("< " + redactor.answer(reply.toString()));
          return reply;
        }
      }
      throw new ProtocolException("invalid reply: more than " + MOST_LINES + " lines");
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  private static boolean isReply(String line) {
    return line.length() >= 3
        && line.charAt(0) >= '2'
        && line.charAt(0) <= '5'
        && line.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9')
        && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
  }

  private static int code(String line) {
    return Integer.parseInt(line.substring(0, 3));
  }

  List<String> transcript() {
    return List.copyOf(transcript);
  }

  /** A trouble about the latest exchange. */
  SystemTrouble trouble(SystemTrouble.Kind kind, String message, SmtpReply reply) {
    return new SystemTrouble(
        SmtpClient.SYSTEM,
        kind,
        redactor.redact(message),
        redactor.answer(asked),
        against,
        redactor.answer(reply.toString()));
  }

  private SystemTrouble trouble(IOException e) {
    broken = true;
    return TroubleClassifier.of(e, SmtpClient.SYSTEM, redactor.answer(asked), against, redactor);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < LONGEST_LINE) {
      if (clock.instant().isAfter(end)) {
        throw new SocketTimeoutException("the conversation takes too long");
      }
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (next == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(next);
    }
    throw new ProtocolException("invalid reply: a line is too long");
  }
}
