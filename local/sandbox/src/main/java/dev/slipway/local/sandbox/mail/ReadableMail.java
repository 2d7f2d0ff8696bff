package dev.slipway.local.sandbox.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * A mail as a mail program shows it: headers and text decoded (RFC 2045, 2047), of several forms of
 * the same words the plain one.
 *
 * @param at when it arrived
 * @param from as the header says; the envelope's sender where it says nothing
 * @param to as the header says; the envelope's receivers where it says nothing
 * @param date as the header says; empty where it says nothing
 * @param text the words; of a mail in HTML alone, what can be read of it
 * @param attached what came with it, by name and media type
 */
public record ReadableMail(
    Instant at,
    String from,
    String to,
    String subject,
    String date,
    String text,
    List<String> attached) {

  /** Copies what it is given. */
  public ReadableMail {
    attached = List.copyOf(attached);
  }

  /** Decodes a mail; parts that cannot be decoded are shown as they came. */
  public static ReadableMail of(Mail mail) {
    String receivers = String.join(", ", mail.recipients());
    try {
      MimeMessage message =
          new MimeMessage(
              Session.getInstance(new Properties()),
              new ByteArrayInputStream(mail.content().getBytes(StandardCharsets.UTF_8)));
      Body body = new Body();
      body.read(message);
      return new ReadableMail(
          mail.at(),
          header(message, "From", mail.sender()),
          header(message, "To", receivers),
          header(message, "Subject", mail.subject()),
          header(message, "Date", ""),
          body.text(),
          body.attached);
    } catch (MessagingException | IOException e) {
      return new ReadableMail(
          mail.at(),
          mail.sender(),
          receivers,
          line(mail.subject()),
          "",
          printable(mail.content()),
          List.of());
    }
  }

  /** As JSON. */
  public ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("at", at.toString())
            .put("from", from)
            .put("to", to)
            .put("subject", subject)
            .put("date", date)
            .put("text", text);
    json.set("attached", Json.texts(attached));
    return json;
  }

  private static String header(MimeMessage message, String name, String otherwise)
      throws MessagingException, IOException {
    for (Header header : Collections.list(message.getMatchingHeaders(new String[] {name}))) {
      String value = line(MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
      if (!value.isEmpty()) {
        return value.replaceFirst("^<([^<>]*)>$", "$1");
      }
    }
    return line(otherwise);
  }

  private static String line(String words) {
    return words.replaceAll("\\p{Cc}+", " ").strip();
  }

  /** The author of a mail must not steer the terminal that shows it. */
  private static String printable(String words) {
    return words.replace("\r\n", "\n").replaceAll("[\\p{Cc}&&[^\n\t]]", "\uFFFD").strip();
  }

  /** Finds the words among the parts. */
  private static final class Body {
    private final List<String> attached = new ArrayList<>();
    private String plain = "";
    private String html = "";

    void read(Part part) throws MessagingException, IOException {
      if (part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          read(parts.getBodyPart(i));
        }
        return;
      }
      boolean shown = !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
      if (shown && part.getContent() instanceof String words) {
        if (part.isMimeType("text/html")) {
          html = html.isEmpty() ? words : html;
          return;
        }
        if (part.isMimeType("text/plain")) {
          plain = plain.isEmpty() ? words : plain + "\n" + words;
          return;
        }
      }
      String type = part.getContentType().replaceFirst("(?s);.*", "");
      attached.add(
          line((part.getFileName() == null ? "" : part.getFileName() + ", ") + type.strip()));
    }

    String text() {
      return printable(plain.isBlank() ? withoutMarkup(html) : plain);
    }

    private static String withoutMarkup(String html) {
      return html.replaceAll("(?is)<(style|script|head)\\b.*?</\\1>", "")
          .replaceAll("\\s+", " ")
          .replaceAll("(?i)<(br|/p|/div|/h[1-6]|/tr|/li)\\b[^>]*>", "\n")
          .replaceAll("<[^<>]*+>", "")
          .replace("&lt;", "<")
          .replace("&gt;", ">")
          .replace("&quot;", "\"")
          .replace("&#39;", "'")
          .replace("&nbsp;", " ")
          .replace("&amp;", "&")
          .replaceAll("(?<! ) *+\n *+", "\n");
    }
  }
}
