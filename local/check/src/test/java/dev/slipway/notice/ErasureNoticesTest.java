package dev.slipway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.OpenWork;
import dev.slipway.log.Log;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** That data will be erased is told beforehand: once, to everybody concerned. */
class ErasureNoticesTest {
  private static final Actor MANAGER = new Actor("m", "manager");

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final AuditTrail auditTrail = new AuditTrail(items);
  private final Elements elements = new Elements(items);
  private final Keys keys = new Keys(items);
  private final Onboardings onboardings = new Onboardings(items);
  private final List<String> mails = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private String refused = "";
  private boolean forGood;
  private boolean busAway;
  private String id;
  private Instant eraseAt;

  @BeforeEach
  void end() throws JsonProcessingException {
    Onboarding created =
        onboardings.create("k", "f", "One GmbH", "hosting-provider", "1.0.0", MANAGER);
    id = created.id();
    String contacts =
        """
        {"customer": [{"name": "Anna", "email": "anna@hoster.example"}],
         "vendor": [{"name": "Viktor", "email": "viktor@vendor.example"},
                    {"name": "Anna again", "email": " ANNA@hoster.example"}]}
        """;
    elements.save(
        id,
        new ElementRecord("contacts", 0, Json.MAPPER.readTree(contacts), "c", clock.instant()),
        0,
        MANAGER);
    eraseAt = clock.instant().plus(Duration.ofDays(30));
    onboardings.save(
        created,
        created.to(Onboarding.State.CANCELLED, clock.instant()).erasingAt(eraseAt),
        MANAGER,
        "onboarding.cancelled",
        "x");
  }

  private ErasureNotices notices() {
    Mailer mailer =
        (to, letter) -> {
          if (to.mailbox().equals(refused)) {
            if (forGood) {
              throw new Undeliverable("MessageRejected", null);
            }
            throw SdkClientException.create("away");
          }
          mails.add(to.name() + ": " + letter.subject() + "\n" + letter.text());
        };
    return new ErasureNotices(
        auditTrail,
        elements,
        keys,
        onboardings,
        new OpenWork(items),
        clock,
        Optional.of(mailer),
        new Announcer(bus(), "default"),
        Duration.ofDays(7),
        Log.none(),
        new Isolation(Log.none()));
  }

  @SuppressWarnings("unchecked")
  private EventBridgeClient bus() {
    return (EventBridgeClient)
        Proxy.newProxyInstance(
            EventBridgeClient.class.getClassLoader(),
            new Class<?>[] {EventBridgeClient.class},
            (proxy, method, arguments) -> {
              if (busAway) {
                throw SdkClientException.create("away");
              }
              PutEventsRequest.Builder request = PutEventsRequest.builder();
              ((Consumer<PutEventsRequest.Builder>) arguments[0]).accept(request);
              events.add(request.build().entries().getFirst().detailType());
              return PutEventsResponse.builder().failedEntryCount(0).build();
            });
  }

  private long audited(String what) {
    return auditTrail.events(id, null, 100).stream()
        .filter(event -> event.what().equals(what))
        .count();
  }

  @Test
  void isToldOnceSevenDaysBefore() {
    ErasureNotices early = notices();
    assertEquals(0, early.tell());
    assertEquals(Optional.of(eraseAt.minus(Duration.ofDays(7))), early.next());
    assertEquals(List.of(), mails);

    clock.pass(Duration.ofDays(23));
    assertEquals(1, notices().tell());
    assertEquals(List.of("Erasure Announced"), events);
    assertEquals(1, audited("onboarding.erasure-announced"));
    assertEquals(2, mails.size(), "one mailbox is one person");
    assertTrue(
        mails.getFirst().startsWith("Anna: Slipway: the data of One GmbH is erased on 2026-04-01"),
        mails.getFirst());
    assertTrue(mails.getFirst().contains("slipway report " + id), mails.getFirst());

    clock.pass(Duration.ofDays(2));
    assertEquals(0, notices().tell());
    assertEquals(2, mails.size());
    assertEquals(1, events.size());
  }

  @Test
  void whatIsNotAcceptedIsTriedAgainAndKeepsNobodyElse() {
    clock.pass(Duration.ofDays(24));
    refused = "anna@hoster.example";
    busAway = true;
    ErasureNotices troubled = notices();
    assertEquals(0, troubled.tell());
    assertEquals(Optional.of(clock.instant()), troubled.next());
    assertEquals(1, mails.size());
    assertEquals(0, audited("onboarding.erasure-announced"));
    refused = "";
    busAway = false;
    assertEquals(1, notices().tell());
    assertEquals(2, mails.size());
  }

  @Test
  void whoIsRefusedForGoodIsTakenNoteOf() {
    clock.pass(Duration.ofDays(24));
    refused = "anna@hoster.example";
    forGood = true;
    assertEquals(1, notices().tell());
    clock.pass(Duration.ofDays(1));
    notices().tell();
    assertEquals(1, mails.size());
    assertEquals(1, audited("people.mail-undeliverable"));
  }

  @Test
  void whoGotAMailTodayGetsThisOneTomorrow() {
    clock.pass(Duration.ofDays(24));
    Person anna = new Person("Anna", "anna@hoster.example");
    keys.hold("mail/" + anna.alias(), clock.instant().plus(Duration.ofHours(20)));
    notices().tell();
    assertEquals(1, mails.size());
    clock.pass(Duration.ofHours(21));
    notices().tell();
    assertEquals(2, mails.size());
  }

  @Test
  void whatIsErasedOrGoesOnIsNotAnnounced() {
    clock.pass(Duration.ofDays(24));
    Onboarding ended = onboardings.find(id).orElseThrow();
    onboardings.save(ended, ended.erased("manager-1", clock.instant()), MANAGER, "erased", null);
    onboardings.create("k2", "f", "Two GmbH", "hosting-provider", "1.0.0", MANAGER);
    assertEquals(0, notices().tell());
    assertEquals(List.of(), mails);
    assertEquals(List.of(), events);
  }
}
