package dev.slipway.enterprise.thirdpartyapplications;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** M32: one mail asks the provider, reminders follow, and the vendor says when it is done. */
class RequestMigrationTest {
  private static final String FACTS = "{\"managed\":\"no\",\"multiMarketplace\":\"no\"}";
  private static final String MIGRATED =
      "{\"managed\":\"no\",\"multiMarketplace\":\"no\",\"migratedOn\":\"2027-01-05\"}";

  private final List<String> mails = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private Kind refusal;

  private final RequestMigration task =
      new RequestMigration(
          FunctionContext.of(Map.of(), InstantSource.system()),
          this::send,
          (onboarding, name, text) -> {
            kept.add(text);
            return "5ha256";
          });
  private final Bench bench =
      new Bench("third-party-applications.request-migration")
          .at("application", "ranqx")
          .element("applications", application("partners@ranqx.example"))
          .element("application-facts", FACTS)
          .element(
              "contacts",
              "{\"vendor\":[{\"name\":\"Viktor Vendor\",\"email\":\"viktor@vendor.example\"}]}");

  private static String application(String email) {
    return "{\"nid\":\"ranqx\",\"name\":\"Ranqx\",\"provider\":{\"name\":\"Ranqx\",\"email\":\"%s\"}}"
        .formatted(email);
  }

  private void send(String name, String address, String subject, String text) {
    if (refusal != null) {
      throw new SystemTrouble("mail", refusal, "It is refused.", "ses:SendEmail", "SES", "");
    }
    mails.add(address + "\n" + subject + "\n" + text);
  }

  @Test
  void theProviderIsAskedOnceAndWaitedFor() {
    Outcome.Waiting waiting = waitsFor("migrated", bench.attempt(task));

    assertEquals(1, mails.size());
    assertTrue(mails.getFirst().startsWith("partners@ranqx.example\nPlease migrate Ranqx"));
    assertTrue(mails.getFirst().contains("Do not create the application"), mails::toString);
    assertTrue(mails.getFirst().contains("ask Viktor Vendor, viktor@vendor.example"));
    assertEquals(Party.THIRD_PARTY, waiting.party());
    assertEquals(bench.now().plus(Duration.ofDays(60)), waiting.due());
    assertEquals(bench.now().plus(Duration.ofDays(14)), waiting.until());
    waitsFor("migrated", bench.attempt(task));
    assertEquals(1, mails.size());
  }

  @Test
  void theVendorSaysThatItIsMigrated() {
    waitsFor("migrated", bench.attempt(task));

    String evidence = done(bench.element("application-facts", MIGRATED).attempt(task));

    assertTrue(evidence.contains("migrated on 2027-01-05"), evidence);
    assertTrue(evidence.contains("its text is the file 5ha256"), evidence);
    done(bench.verify(task));
    assertEquals(1, mails.size());
  }

  @Test
  void aStatementWithoutTheDayIsAskedAgain() {
    Outcome.Waiting again = waitsFor("migrated", bench.answer("migrated").attempt(task));

    assertEquals("application.not-migrated", again.problem().code());
    assertEquals("application-facts.ranqx.migratedOn", again.problem().field());
    done(bench.element("application-facts", MIGRATED).answer("migrated").attempt(task));
  }

  @Test
  void theProviderIsRemindedEveryFortnightForSixtyDays() {
    waitsFor("migrated", bench.attempt(task));
    for (int reminder = 1; reminder <= 4; reminder++) {
      Outcome.Waiting waiting =
          waitsFor("migrated", bench.after(Duration.ofDays(14)).attempt(task));
      waitsFor("migrated", bench.attempt(task));
      assertEquals(1 + reminder, mails.size());
      assertTrue(mails.getLast().contains("it is not migrated yet"), mails::getLast);
      assertEquals(reminder == 4, waiting.until() == null);
    }
    assertNull(waitsFor("migrated", bench.after(Duration.ofDays(30)).attempt(task)).until());
    assertEquals(5, mails.size());

    String evidence = done(bench.element("application-facts", MIGRATED).attempt(task));
    assertTrue(evidence.contains("reminder 4 accepted at"), evidence);
  }

  @Test
  void whoeverWasNotRemindedInTimeIsRemindedOnce() {
    waitsFor("migrated", bench.attempt(task));
    waitsFor("migrated", bench.after(Duration.ofDays(45)).attempt(task));

    assertEquals(2, mails.size());
  }

  @Test
  void thePersonAsksWhereNoMailIsTaken() {
    refusal = Kind.REJECTED;

    Outcome.Waiting waiting = waitsFor("ask", bench.attempt(task));
    assertTrue(waiting.instructions().contains("To partners@ranqx.example"));
    assertTrue(waiting.instructions().contains("Do not create the application"));

    waitsFor("migrated", bench.answer("ask").attempt(task));
    Outcome.Waiting later = waitsFor("migrated", bench.after(Duration.ofDays(14)).attempt(task));
    assertTrue(later.evidence().toString().contains("reminder 1 is the vendor's to send"));
    done(bench.element("application-facts", MIGRATED).attempt(task));
    assertEquals(List.of(), mails);
  }

  @Test
  void anotherAddressIsAskedAnew() {
    waitsFor("migrated", bench.attempt(task));
    bench.element("applications", application("new@ranqx.example"));
    waitsFor("migrated", bench.attempt(task));

    assertEquals(2, mails.size());
    assertTrue(mails.getLast().startsWith("new@ranqx.example"));
    assertFalse(bench.notes().contains("ranqx.example"), bench::notes);
  }

  @Test
  void aProviderThatNobodyNamedIsAskedFor() {
    bench.element("applications", "{\"nid\":\"ranqx\",\"name\":\"Ranqx\"}");

    assertTrue(waitsFor(null, bench.attempt(task)).instructions().contains("Name the provider"));
  }

  @Test
  void aMailCannotBeTakenBackAndThatIsSaid() {
    waitsFor("migrated", bench.attempt(task));

    assertTrue(done(bench.putBack(task)).contains("cannot be taken back"));
    assertEquals(1, mails.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void oneMailIsSentWhereverTheProcessDies(int notes) {
    bench.crashAfterNotes(notes);

    assertInstanceOf(Outcome.Failed.class, bench.attempt(task));
    waitsFor("migrated", bench.attempt(task));

    assertEquals(1, mails.size());
  }
}
