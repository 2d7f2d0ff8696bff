package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.aws.AccessKeys;
import dev.slipway.local.aws.AwsEndpoint;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.ses.MailRelay;
import dev.slipway.local.ses.SesService;
import dev.slipway.local.template.Stack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageRejectedException;
import software.amazon.awssdk.services.ses.model.SesException;

/** AWS's own client, and a real mail server at the other end. */
class SmtpRelayTest {
  @Test
  void deliversToTheSandboxesMailServer() throws Exception {
    try (var sandbox = Sandbox.start(SandboxOptions.inMemory());
        var endpoint =
            endpoint(SmtpRelay.of(sandbox.endpoints().environment(), InstantSource.system()));
        var client = client(endpoint)) {
      String id = send(client, SandboxDefaults.SLIPWAY_MAIL_FROM, "Größe & <Ordnung>");
      assertFalse(id.isEmpty());
      Mail mail = new SandboxControl(sandbox.endpoints().control()).mails().getFirst();
      assertEquals(List.of("anna@hoster.example"), mail.recipients());
      assertEquals(SandboxDefaults.SLIPWAY_MAIL_FROM, mail.sender());

      assertThrows(
          MessageRejectedException.class, () -> send(client, "someone@else.example", "no"));
      var control = new SandboxControl(sandbox.endpoints().control());
      control.patchWorld("{\"smtp\": {\"refusedRecipients\": [\"anna@hoster.example\"]}}");
      assertThrows(
          MessageRejectedException.class,
          () -> send(client, SandboxDefaults.SLIPWAY_MAIL_FROM, "nobody there"));
      var unknown = assertThrows(SesException.class, client::getSendQuota);
      assertEquals("InvalidAction", unknown.awsErrorDetails().errorCode());
    }
  }

  @Test
  void mailsThatFollowEachOtherShareAConnectionForAsLongAsItHolds() throws Exception {
    var clock = new AtomicReference<>(Instant.now());
    try (var sandbox = Sandbox.start(SandboxOptions.inMemory());
        var relay = SmtpRelay.of(sandbox.endpoints().environment(), clock::get);
        var endpoint = endpoint(relay);
        var client = client(endpoint)) {
      var control = new SandboxControl(sandbox.endpoints().control());
      send(client, SandboxDefaults.SLIPWAY_MAIL_FROM, "one");
      clock.set(clock.get().plus(Duration.ofDays(1)));
      send(client, SandboxDefaults.SLIPWAY_MAIL_FROM, "a day later, at once");
      assertEquals(2, control.mails().size());
      assertEquals(1, logins(control));

      control.patchWorld("{\"smtp\": {\"refusedRecipients\": [\"anna@hoster.example\"]}}");
      assertThrows(
          MessageRejectedException.class,
          () -> send(client, SandboxDefaults.SLIPWAY_MAIL_FROM, "nobody there"));
      control.patchWorld("{\"smtp\": {\"refusedRecipients\": []}}");
      send(client, SandboxDefaults.SLIPWAY_MAIL_FROM, "there again");
      assertEquals(3, control.mails().size());
      assertEquals(2, logins(control), "one that was told no is not used again");
    }
  }

  private static long logins(SandboxControl control) {
    return control.calls().stream()
        .filter(call -> call.system().equals("smtp") && call.method().equals("AUTH"))
        .count();
  }

  @Test
  void acceptsNothingWithoutAMailServer() {
    try (var endpoint = endpoint(MailRelay.none());
        var client = client(endpoint)) {
      var rejected =
          assertThrows(
              SesException.class, () -> send(client, SandboxDefaults.SLIPWAY_MAIL_FROM, "x"));
      assertEquals(503, rejected.statusCode(), "another time there may be one");
      assertTrue(rejected.getMessage().contains("No mail server"), rejected.getMessage());
    }
  }

  private static String send(SesClient client, String from, String subject) {
    return client
        .sendEmail(
            r ->
                r.source(from)
                    .destination(d -> d.toAddresses("anna@hoster.example"))
                    .message(
                        m ->
                            m.subject(s -> s.data(subject)).body(b -> b.text(t -> t.data("a\nb")))))
        .messageId();
  }

  private static AwsEndpoint endpoint(MailRelay relay) {
    return new AwsEndpoint(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new AccessKeys(),
        AwsEndpoint.Offer.toEverybody(new SesService(Stack.local("slipway", Map.of()), relay)),
        LocalTime.real().work("requests"));
  }

  private static SesClient client(AwsEndpoint endpoint) {
    return SesClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
