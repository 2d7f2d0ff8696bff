package dev.slipway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.Identity;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.TaskKey;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ses.model.SesException;

/** Those who lead are told at once of whoever is blocked, and each once. */
class BlockedNoticesTest {
  private static final Person BOSS = new Person("Boss", "boss@vendor.example");
  private static final Person LEAD = new Person("Lea", "lea@vendor.example");

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final Onboarding onboarding =
      new Onboardings(items)
          .create("k", "k", "One GmbH", "hosting-provider", "1.0.0", new Actor("m", "manager"));
  private final List<String> told = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private String refusing = "";
  private boolean forGood;

  private void send(Person to, Mailer.Letter letter) {
    if (to.email().equals(refusing)) {
      throw forGood
          ? new Undeliverable("MessageRejected", new IllegalStateException())
          : SesException.builder().message("away").build();
    }
    told.add(to.name());
    texts.add(letter.subject() + "\n" + letter.text());
  }

  private void tell() {
    new BlockedNotices(
            new PromptMails(new AuditTrail(items), new Keys(items), clock, Optional.of(this::send)),
            "https://slipway.example")
        .tell(
            onboarding,
            "Configure the mail server: the mails arrived",
            new Blocked(
                new TaskKey("technical-configuration.configure-smtp", ""),
                "confirm-receipt",
                1,
                "01KB5N6Q3T8YV2W4X6Z8A0B2C4",
                "Carla https://evil.example (sub-carla)",
                new Identity("sub-carla", "carla@hoster.example"),
                clock.instant(),
                "The firewall\nis in the way."),
            List.of(BOSS, LEAD));
  }

  @Test
  void tellsEachOnceWithWhatWasWrittenAndHowToSettleIt() {
    tell();
    tell();
    clock.pass(Duration.ofHours(1));
    tell();
    assertEquals(List.of("Boss", "Lea"), told);
    String text = texts.getFirst();
    assertTrue(text.startsWith("Slipway: blocked: Configure the mail server"), text);
    assertTrue(text.contains("Carla cannot go on"), text);
    assertTrue(text.contains("    > The firewall\n    > is in the way.\n"), text);
    assertTrue(
        text.contains(
            "https://slipway.example/app/o/"
                + onboarding.id()
                + "/task/technical-configuration.configure-smtp"),
        text);
    assertTrue(text.contains("slipway settle " + onboarding.id() + " 01KB5N6Q3T8YV2W4X6Z8A0B2C4"));
  }

  @Test
  void whomNoMailCouldBeSentToIsToldByTheNextLook() {
    refusing = LEAD.email();
    assertThrows(SesException.class, this::tell);
    assertEquals(List.of("Boss"), told);
    refusing = "";
    tell();
    assertEquals(List.of("Boss"), told, "another call may be sending it still");
    clock.pass(Duration.ofHours(1));
    tell();
    assertEquals(List.of("Boss", "Lea"), told);
  }

  @Test
  void anAddressThatIsRefusedForGoodIsNoted() {
    refusing = BOSS.email();
    forGood = true;
    tell();
    assertEquals(List.of("Lea"), told);
    assertTrue(
        new AuditTrail(items)
            .latest(onboarding.id(), null, 10).stream()
                .anyMatch(event -> event.what().equals("people.mail-undeliverable")));
    clock.pass(Duration.ofHours(1));
    tell();
    assertEquals(List.of("Lea"), told);
  }
}
