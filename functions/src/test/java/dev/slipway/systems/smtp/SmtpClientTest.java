package dev.slipway.systems.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.FakeDns;
import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpClientTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "MARKER-mail-password";
  private static final SmtpLogin LOGIN = new SmtpLogin("paas-mailer", PASSWORD);
  private static final Issued ROOT = TestAuthority.root("Test root");
  private static final SSLContext GOOD =
      TestAuthority.context(TestAuthority.server(ROOT, "mail.example"), ROOT);

  private FakeDns dns;
  private Egress egress;

  @BeforeEach
  void reachMailExample() {
    dns = new FakeDns().with("mail.example", "A", "127.0.0.1");
    egress = new Loopback().dns(dns.port()).trusting(ROOT.certificate()).build();
  }

  @AfterEach
  void forgetIt() {
    dns.close();
  }

  @Test
  void aGoodLoginOverStartTls() throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false)) {
      SmtpReport report = probe(server, Encryption.STARTTLS, Optional.of("noreply@hoster.example"));
      assertEquals(Optional.of("PLAIN"), report.mechanism());
      assertEquals(Optional.of("TLSv1.3"), report.tls());
      assertTrue(report.senderAccepted());
      assertTrue(report.certificateExpires().isPresent());
      assertTrue(server.commands().contains("plain |paas-mailer|" + PASSWORD));
      assertTrue(server.commands().contains("RSET"));
      assertEquals("QUIT", server.commands().getLast());
      assertTrue(server.messages().isEmpty());
      assertFalse(report.transcript().toString().contains(PASSWORD));
      assertFalse(server.inTheClear().toString().contains("AUTH"));
    }
  }

  @Test
  void aGoodLoginOverTlsFromTheStartByLogin() throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, true).reply("MECHANISMS", "LOGIN")) {
      SmtpReport report = probe(server, Encryption.SSMTP, Optional.empty());
      assertEquals(Optional.of("LOGIN"), report.mechanism());
      assertTrue(server.commands().contains("password " + PASSWORD));
      assertFalse(report.senderAccepted());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "535 5.7.8 bad credentials | AUTHENTICATION_FAILED",
        "530 5.7.0 Must issue a STARTTLS command first | REJECTED",
        "534 5.7.9 mechanism too weak | REJECTED",
        "538 5.7.11 encryption required | REJECTED",
        "454 4.7.0 temporary failure | OUT_OF_ORDER",
        "421 4.7.0 too many connections | RATE_LIMITED",
        "421 4.3.2 shutting down | OUT_OF_ORDER",
        "500 5.5.1 what | REJECTED",
      })
  void repliesToTheLoginAreToldApart(String reply, Kind kind) throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false).reply("AUTH", reply)) {
      SystemTrouble trouble = trouble(server, Encryption.STARTTLS);
      assertEquals(kind, trouble.kind());
      assertTrue(trouble.answered().contains(reply.substring(0, 3)));
      assertFalse((trouble + trouble.asked() + trouble.answered()).contains(PASSWORD));
    }
  }

  @ParameterizedTest
  @CsvSource({"550", "553"})
  void aRefusedSenderIsAMissingPermission(String code) throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, false).reply("MAIL", code + " 5.7.1 not yours")) {
      SystemTrouble trouble =
          assertThrows(
              SystemTrouble.class,
              () -> probe(server, Encryption.STARTTLS, Optional.of("other@x.example")));
      assertEquals(Kind.NOT_PERMITTED, trouble.kind());
      assertTrue(trouble.getMessage().contains("other@x.example"));
    }
  }

  @Test
  void theSenderCountsOnlyWhenAReceiverIsTakenToo() throws IOException {
    Optional<String> sender = Optional.of("noreply@hoster.example");
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false)) {
      server.reply("RCPT", "553 5.7.1 Sender address rejected: not owned by user paas-mailer");
      SystemTrouble trouble =
          assertThrows(SystemTrouble.class, () -> probe(server, Encryption.STARTTLS, sender));
      assertEquals(Kind.NOT_PERMITTED, trouble.kind());
      assertTrue(trouble.getMessage().contains("not owned by user"), trouble.getMessage());

      server
          .reply("RCPT", "250 ok")
          .reply("RCPT TO:<noreply@hoster.example>", "550 5.1.1 user unknown");
      assertTrue(probe(server, Encryption.STARTTLS, sender).senderAccepted());
      assertTrue(server.commands().contains("RCPT TO:<postmaster@hoster.example>"));

      server.reply("RCPT", "550 5.1.1 user unknown");
      assertFalse(probe(server, Encryption.STARTTLS, sender).senderAccepted());
      CredentialTestResult open =
          new SmtpCredentialTest(egress).test(secret(), elements(server.port()));
      assertEquals(Grade.VALID, open.grade());
      assertTrue(open.message().contains("send as noreply@hoster.example is open"), open.message());
      assertTrue(server.messages().isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({"QUIT, CLOSE", "QUIT, garbage", "QUIT, 421 bye", "RSET, CLOSE", "RSET, 500 no"})
  void nothingDependsOnTheReplyToAGoodbye(String verb, String reply) throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false).reply(verb, reply)) {
      assertTrue(
          probe(server, Encryption.STARTTLS, Optional.of("noreply@hoster.example"))
              .senderAccepted());
      assertEquals(
          Grade.VALID,
          new SmtpCredentialTest(egress).test(secret(), elements(server.port())).grade());
    }
  }

  @Test
  void theFirstLineOfAGreetingOffersNothing() throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, false)
            .reply("HELLO", "STARTTLS")
            .reply("EXTENSIONS", "HELP")
            .reply("MECHANISMS", "")) {
      assertTrue(trouble(server, Encryption.STARTTLS).getMessage().contains("offer STARTTLS"));
      server.reply("HELLO", "AUTH PLAIN LOGIN").reply("EXTENSIONS", "STARTTLS");
      SystemTrouble none = trouble(server, Encryption.STARTTLS);
      assertEquals(Kind.REJECTED, none.kind());
      assertTrue(none.getMessage().contains("none at all"), none.getMessage());
      assertFalse(server.commands().toString().contains("AUTH"), "no password was sent");
    }
  }

  @ParameterizedTest
  @CsvSource({"=LOGIN, LOGIN", "=LOGIN PLAIN, PLAIN", "plain login, PLAIN", "XOAUTH2 LOGIN, LOGIN"})
  void theOldFormOfTheOfferIsReadToo(String offer, String mechanism) throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, true).reply("MECHANISMS", offer)) {
      assertEquals(
          Optional.of(mechanism), probe(server, Encryption.SSMTP, Optional.empty()).mechanism());
    }
  }

  @Test
  void anExtensionThatOnlyBeginsLikeAuthOffersNoLogin() throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, true)
            .reply("MECHANISMS", "")
            .reply("HELLO", "x\r\n250-AUTHX PLAIN")) {
      assertTrue(trouble(server, Encryption.SSMTP).getMessage().contains("none at all"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "250-ok\\r\\n550 no | NOT_UNDERSTOOD",
        "250-ok\\r\\nwhat | NOT_UNDERSTOOD",
        "250_ok | NOT_UNDERSTOOD",
        "2500 ok | NOT_UNDERSTOOD",
        "150 ok | NOT_UNDERSTOOD",
        "354 go on | NOT_UNDERSTOOD",
        "LONG | NOT_UNDERSTOOD",
        "421 4.3.2 going down | OUT_OF_ORDER",
        "CLOSE | CUT_OFF",
      })
  void repliesThatAreNoneAreToldAtAnyTime(String reply, Kind kind) throws IOException {
    String wire = reply.replace("\\r\\n", "\r\n").replace("LONG", "250 " + "x".repeat(3000));
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false).reply("MAIL", wire)) {
      SystemTrouble trouble =
          assertThrows(
              SystemTrouble.class,
              () -> probe(server, Encryption.STARTTLS, Optional.of("noreply@hoster.example")));
      assertEquals(kind, trouble.kind(), trouble.getMessage());
    }
  }

  @Test
  void aReplyOfSeveralLinesOrWithoutWordsIsReadWhole() throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, false)
            .reply("GREETING", "220-Willkommen \u0085\u00fc\r\n220-\r\n220")
            .reply("MAIL", "250")) {
      assertTrue(
          probe(server, Encryption.STARTTLS, Optional.of("noreply@hoster.example"))
              .senderAccepted());
    }
  }

  @ParameterizedTest
  @CsvSource({"CLOSE, CUT_OFF", "421 4.3.2 busy, OUT_OF_ORDER"})
  void theNextAddressIsTriedWhereTheFirstDoesNotBegin(String greeting, Kind kind)
      throws IOException {
    Loopback.assumeAddress("127.0.0.2");
    dns.with("two.example", "A", "127.0.0.1").with("two.example", "A", "127.0.0.2");
    Issued identity = TestAuthority.server(ROOT, "two.example");
    // Addresses are asked in their order, the lower one first.
    try (ScriptedMailServer good =
            new ScriptedMailServer(TestAuthority.context(identity, ROOT), false, "127.0.0.2", 0);
        FakeTcp bad =
            new FakeTcp(
                "127.0.0.1",
                good.port(),
                socket -> {
                  if (!greeting.equals(ScriptedMailServer.CLOSE)) {
                    socket.getOutputStream().write((greeting + "\r\n").getBytes(UTF_8));
                  }
                })) {
      SmtpServer two = new SmtpServer("two.example", bad.port(), Encryption.STARTTLS);
      assertEquals(
          Optional.of("PLAIN"),
          new SmtpClient(egress).probe(two, LOGIN, Optional.empty()).mechanism());
      good.reply("GREETING", "421 4.3.2 busy");
      SystemTrouble trouble =
          assertThrows(
              SystemTrouble.class,
              () -> new SmtpClient(egress).probe(two, LOGIN, Optional.empty()));
      assertTrue(trouble.getMessage().contains("127.0.0.1 ("), trouble.getMessage());
      assertTrue(trouble.getMessage().contains("127.0.0.2 ("), trouble.getMessage());
      assertEquals(kind, trouble.kind(), "the first one's");
    }
  }

  @Test
  void aLongPasswordFollowsOnALineOfItsOwn() throws IOException {
    SmtpLogin login = new SmtpLogin("paas-mailer", "p".repeat(600));
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false)) {
      new SmtpClient(egress)
          .probe(server(server.port(), Encryption.STARTTLS), login, Optional.empty());
      assertTrue(server.commands().contains("AUTH PLAIN"));
      assertTrue(server.commands().contains("plain |paas-mailer|" + login.password()));
    }
  }

  @Test
  void aPasswordNeverLeavesWithoutTls() throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, false).reply("EXTENSIONS", "HELP")) {
      SystemTrouble trouble = trouble(server, Encryption.STARTTLS);
      assertEquals(Kind.TLS, trouble.kind());
      assertTrue(trouble.getMessage().contains("does not offer STARTTLS"));
      assertEquals(Kind.INPUT, trouble(server, Encryption.NONE).kind());
      assertFalse(server.commands().toString().contains("AUTH"));
    }
  }

  @Test
  void textPutInBeforeTheEncryptionIsNoticed() throws IOException {
    try (ScriptedMailServer server =
        new ScriptedMailServer(GOOD, false).reply("STARTTLS", "220 go\r\n250 injected")) {
      assertEquals(Kind.TLS, trouble(server, Encryption.STARTTLS).kind());
    }
  }

  @Test
  void anExpiredCertificateAndAWrongHostAreNamed() throws IOException {
    Instant past = Instant.parse("2026-01-31T10:00:00Z");
    Issued expired =
        TestAuthority.server(ROOT, past.minus(Duration.ofDays(9)), past, "mail.example");
    try (ScriptedMailServer server =
        new ScriptedMailServer(TestAuthority.context(expired, ROOT), false)) {
      SystemTrouble trouble = trouble(server, Encryption.STARTTLS);
      assertEquals(Kind.CERTIFICATE, trouble.kind());
      assertEquals(
          "The certificate of mail.example expired on 2026-01-31 10:00 UTC.", trouble.getMessage());
    }
    Issued other = TestAuthority.server(ROOT, "smtp.other.example");
    try (ScriptedMailServer server =
        new ScriptedMailServer(TestAuthority.context(other, ROOT), true)) {
      SystemTrouble trouble = trouble(server, Encryption.SSMTP);
      assertEquals(Kind.CERTIFICATE, trouble.kind());
      assertTrue(trouble.getMessage().contains("smtp.other.example"));
    }
  }

  @Test
  void tlsFirstAtAServerThatBeginsInTheClearGetsAHint() throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false)) {
      SystemTrouble trouble = trouble(server, Encryption.SSMTP);
      assertEquals(Grade.UNREACHABLE, trouble.kind().grade());
      assertTrue(trouble.getMessage().contains("STARTTLS"), trouble.getMessage());
    }
  }

  @Test
  void greetingsThatAreNoneAreToldApart() throws IOException {
    try (ScriptedMailServer full = new ScriptedMailServer(GOOD, false).reply("GREETING", "554 no");
        ScriptedMailServer web =
            new ScriptedMailServer(GOOD, false).reply("GREETING", "HTTP/1.1 400 Bad");
        FakeTcp silent = FakeTcp.silent();
        FakeTcp closing = new FakeTcp(socket -> socket.getOutputStream().flush())) {
      assertEquals(Kind.REJECTED, trouble(full, Encryption.STARTTLS).kind());
      assertEquals(Kind.NOT_UNDERSTOOD, trouble(web, Encryption.STARTTLS).kind());
      assertEquals(Kind.CUT_OFF, trouble(closing.port()).kind());
      egress = new Loopback().dns(dns.port()).impatient().build();
      assertEquals(Kind.TIMED_OUT, trouble(silent.port()).kind());
    }
  }

  @Test
  void aMessageIsSentWithItsDotsKept() throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false)) {
      try (SmtpClient.Submission submission =
          new SmtpClient(egress).open(server(server.port(), Encryption.STARTTLS), LOGIN)) {
        submission.send(
            new SmtpMessage("a@hoster.example", "b@x.example", "Hello", "one\n.two", "id-1@x"));
      }
      String message = server.messages().getFirst();
      assertTrue(message.contains("Message-ID: <id-1@x>"));
      assertTrue(message.contains("\n..two\n"));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new SmtpMessage("a@b.example>\r\nDATA", "b@x.example", "s", "t", "i"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SmtpMessage("a@b.example", "b@x.example", "s\r\nBcc: c@d", "t", "i"));
  }

  @Test
  void theCredentialTestGradesWhatTheServerSays() throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(GOOD, false)) {
      SmtpCredentialTest test = new SmtpCredentialTest(egress);
      CredentialTestResult good = test.test(secret(), elements(server.port()));
      assertEquals(Grade.VALID, good.grade(), good.message());
      assertEquals("EHLO, STARTTLS, AUTH PLAIN, MAIL FROM, RCPT TO, RSET", good.probe());
      server.reply("AUTH", "535 5.7.8 no " + PASSWORD);
      CredentialTestResult bad = test.test(secret(), elements(server.port()));
      assertEquals(Grade.INVALID_CREDENTIALS, bad.grade());
      assertFalse(bad.toString().contains(PASSWORD));
      server.reply("AUTH", "235 ok").reply("MAIL", "553 not yours");
      assertEquals(
          Grade.INSUFFICIENT_PERMISSION, test.test(secret(), elements(server.port())).grade());
      JsonNode nothing = JSON.createObjectNode();
      assertTrue(test.test(secret(), nothing).message().contains("\"host\""));
      JsonNode strange =
          JSON.valueToTree(Map.of("mail-server", Map.of("host", "mail.example", "port", "many")));
      assertEquals(Grade.INCONCLUSIVE, test.test(secret(), strange).grade());
    }
  }

  private static JsonNode secret() {
    return JSON.valueToTree(Map.of("user", "paas-mailer", "password", PASSWORD));
  }

  private static JsonNode elements(int port) {
    return JSON.valueToTree(
        Map.of(
            "mail-server",
            Map.of(
                "host",
                "mail.example",
                "port",
                port,
                "encryption",
                "STARTTLS",
                "from",
                "Hoster <noreply@hoster.example>")));
  }

  private SystemTrouble trouble(ScriptedMailServer server, Encryption encryption) {
    return assertThrows(SystemTrouble.class, () -> probe(server, encryption, Optional.empty()));
  }

  private SystemTrouble trouble(int port) {
    return assertThrows(
        SystemTrouble.class,
        () ->
            new SmtpClient(egress)
                .probe(server(port, Encryption.STARTTLS), LOGIN, Optional.empty()));
  }

  private SmtpReport probe(
      ScriptedMailServer server, Encryption encryption, Optional<String> sender) {
    return new SmtpClient(egress).probe(server(server.port(), encryption), LOGIN, sender);
  }

  private static SmtpServer server(int port, Encryption encryption) {
    return new SmtpServer("mail.example", port, encryption);
  }
}
