package dev.slipway.systems.smtp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.systems.CredentialInput;
import dev.slipway.systems.Grading;
import dev.slipway.systems.net.Egress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tests the login at the mail server. Reads {@code mail-server} {host, port, encryption, from}
 * (V01), or {@code mail-tool} {host, port, security} (M45); secret {@code {"user", "password"}}.
 * With {@code from}, that the login may send in that name is part of the test.
 */
public final class SmtpCredentialTest implements CredentialTest {

  private static final String ELEMENT = "mail-server";
  private static final String TOOL = "mail-tool";
  private static final Pattern IN_BRACKETS = Pattern.compile("<([^<>]+)>");

  private final SmtpClient client;

  /** Tests through this way out. */
  public SmtpCredentialTest(Egress egress) {
    this.client = new SmtpClient(egress);
  }

  @Override
  public String system() {
    return SmtpClient.SYSTEM;
  }

  @Override
  public CredentialTestResult test(JsonNode secret, JsonNode elements) {
    CredentialInput given = new CredentialInput(system(), secret, elements);
    return Grading.of(
        "EHLO, STARTTLS, AUTH, MAIL FROM, RCPT TO, RSET",
        given.redactor(),
        () -> {
          SmtpServer server = server(given);
          if (given.elementIfAny(ELEMENT, "network").orElse("").equals("private")) {
            return CredentialTestResult.untestable(
                "Kept without a test: the mail server is reached only from inside your network."
                    + " That the platform's own test e-mails arrive will prove it.",
                server.against());
          }
          SmtpLogin login = new SmtpLogin(given.secret("user"), given.secret("password"));
          Optional<String> sender =
              given.elementIfAny(ELEMENT, "from").map(SmtpCredentialTest::address);
          SmtpReport report = client.probe(server, login, sender);
          return Grading.valid(
              "The mail server accepts the login"
                  + sender.map(from -> accepted(report, from)).orElse("."),
              "EHLO, "
                  + (server.encryption() == Encryption.STARTTLS ? "STARTTLS" : "TLS")
                  + ", AUTH "
                  + report.mechanism().orElse("")
                  + sender.map(from -> ", MAIL FROM, RCPT TO, RSET").orElse(""),
              server.against(),
              report.tls().orElse("no TLS") + ", 235");
        });
  }

  private static String accepted(SmtpReport report, String sender) {
    return report.senderAccepted()
        ? " and the sender " + sender + "."
        : ". Whether it lets the login send as "
            + sender
            + " is open: it takes neither this address nor the domain's postmaster as a receiver.";
  }

  private static SmtpServer server(CredentialInput given) {
    return given.elementIfAny(TOOL, "host").isPresent() ? tool(given) : mailServer(given);
  }

  private static SmtpServer tool(CredentialInput given) {
    Encryption encryption =
        given.element(TOOL, "security").equals("tls") ? Encryption.SSMTP : Encryption.STARTTLS;
    return new SmtpServer(
        given.element(TOOL, "host"),
        given.portIfAny(TOOL, "port").orElse(encryption.usualPort()),
        encryption);
  }

  private static SmtpServer mailServer(CredentialInput given) {
    String name = given.elementIfAny(ELEMENT, "encryption").orElse("STARTTLS");
    Encryption encryption;
    try {
      encryption = Encryption.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw given.missing(
          "\"encryption\" of the element \"" + ELEMENT + "\" must be NONE, STARTTLS or SSMTP.");
    }
    return new SmtpServer(
        given.element(ELEMENT, "host"),
        given.portIfAny(ELEMENT, "port").orElse(encryption.usualPort()),
        encryption);
  }

  /** The address of {@code Name <address>}, or the text itself. */
  private static String address(String from) {
    Matcher inBrackets = IN_BRACKETS.matcher(from);
    return inBrackets.find() ? inBrackets.group(1) : from.strip();
  }
}
