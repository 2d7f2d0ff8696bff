package dev.slipway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.log.Log;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** Who is told what, and how often. */
class RemindersTest {
  private static final Person ANNA = new Person("Anna", "Anna@hoster.example");
  private static final Person BOSS = new Person("Boss", "boss@vendor.example");

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Ledger ledger = new Ledger(table.client(), table.name(), clock);
  private final List<String> mails = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Onboarding one = onboarding("One GmbH");
  private final Onboarding two = onboarding("Two GmbH");
  private boolean refusing;

  @Test
  void onePersonGetsOneMailADayWithEverything() {
    Ask first = ask(one, Duration.ofDays(10), ANNA);
    assertEquals(1, tell(first).path("sent").asInt());
    assertEquals(0, tell(first).path("sent").asInt(), "nothing is new");

    Ask second = ask(two, Duration.ofDays(10), new Person("A.", " anna@HOSTER.example"));
    assertEquals(0, tell(first, second).path("sent").asInt(), "a day has not passed");
    clock.pass(Duration.ofHours(25));
    assertEquals(1, tell(first, second).path("sent").asInt());
    assertTrue(mails.getLast().contains("2 things wait for you"), mails.getLast());
    assertTrue(mails.getLast().contains("One GmbH"), mails.getLast());
    assertTrue(mails.getLast().contains("Two GmbH"), mails.getLast());
    assertTrue(mails.getLast().contains("What to do: Click."), mails.getLast());
    clock.pass(Duration.ofHours(25));
    assertEquals(0, tell(first, second).path("sent").asInt(), "neither new nor due");
  }

  @Test
  void remindsAgainWhenItIsDueSoonAndDailyWhenItIsOverdue() {
    Ask ask = ask(one, Duration.ofDays(3), ANNA);
    tell(ask);
    clock.pass(Duration.ofHours(50));
    assertEquals(1, tell(ask).path("sent").asInt(), "due within a day");
    clock.pass(Duration.ofHours(25));
    assertEquals(1, tell(ask).path("sent").asInt(), "overdue");
    assertTrue(mails.getLast().contains("OVERDUE"), mails.getLast());
    clock.pass(Duration.ofHours(1));
    assertEquals(0, tell(ask).path("sent").asInt());
    clock.pass(Duration.ofHours(24));
    assertEquals(1, tell(ask).path("sent").asInt(), "still overdue");
    assertEquals(1, events.stream().filter("Task Overdue"::equals).count());
  }

  @Test
  void escalatesOnceAndApprovesNothing() {
    Ask ask = ask(one, Duration.ofDays(3), ANNA);
    clock.pass(Duration.ofDays(6));
    for (int day = 0; day < 3; day++) {
      tell(ask);
      clock.pass(Duration.ofHours(25));
    }
    assertEquals(1, mails.stream().filter(mail -> mail.startsWith("boss@")).count());
    assertEquals(3, mails.stream().filter(mail -> mail.startsWith("Anna@")).count());
    assertEquals(1, events.stream().filter("Task Escalated"::equals).count());
    assertEquals(4, events.stream().filter("Reminder Sent"::equals).count());
    assertEquals("PENDING", ledger.task(one.id(), ask.key()).state());
    assertEquals(
        1,
        ledger.events(one.id(), null, 100).stream()
            .filter(event -> event.what().equals("task.escalated"))
            .count());
  }

  @Test
  void aMailThatWasNotAcceptedIsTriedAgain() {
    Ask ask = ask(one, Duration.ofDays(3), ANNA);
    refusing = true;
    assertEquals(1, tell(ask).path("failed").asInt());
    refusing = false;
    assertEquals(1, tell(ask).path("sent").asInt());
  }

  @Test
  void withoutASenderOnlyEventsGoOut() {
    Ask ask = ask(one, Duration.ofDays(3), ANNA);
    clock.pass(Duration.ofDays(4));
    reminders(Optional.empty()).tell(List.of(ask));
    assertEquals(List.of(), mails);
    assertEquals(List.of("Task Overdue"), events);
  }

  private ObjectNode tell(Ask... asks) {
    return reminders(
            Optional.of(
                (to, subject, text) -> {
                  if (refusing) {
                    throw SdkClientException.create("away");
                  }
                  mails.add(to.email() + "\n" + subject + "\n" + text);
                }))
        .tell(List.of(asks));
  }

  private Reminders reminders(Optional<Mailer> mailer) {
    return new Reminders(
        ledger, mailer, new Announcer(bus(), "default"), Duration.ofDays(2), Log.none());
  }

  @SuppressWarnings("unchecked")
  private EventBridgeClient bus() {
    return (EventBridgeClient)
        Proxy.newProxyInstance(
            EventBridgeClient.class.getClassLoader(),
            new Class<?>[] {EventBridgeClient.class},
            (proxy, method, arguments) -> {
              PutEventsRequest.Builder request = PutEventsRequest.builder();
              ((Consumer<PutEventsRequest.Builder>) arguments[0]).accept(request);
              events.add(request.build().entries().getFirst().detailType());
              return PutEventsResponse.builder().failedEntryCount(0).build();
            });
  }

  private Onboarding onboarding(String name) {
    return ledger.create(name, name, name, "hosting-provider", "1.0.0", new Actor("m", "manager"));
  }

  private Ask ask(Onboarding onboarding, Duration due, Person told) {
    return new Ask(
        onboarding,
        new TaskKey("technical-configuration.configure-smtp", ""),
        "E-mail",
        new Outcome.Waiting(
            Party.CUSTOMER,
            "confirm-receipt",
            List.of(),
            "Click.",
            "A machine looks.",
            clock.instant().plus(due),
            null,
            null,
            List.of()),
        List.of(told),
        List.of(BOSS));
  }
}
