package dev.slipway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Invitation;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ses.model.SesException;

/** What the mails about an invitation say, and when they are not sent. */
class InvitationMailsTest {
  private static final String LINK = "https://slipway.example/app/i/one.01#secret";

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final Onboarding onboarding =
      new Onboardings(items)
          .create("k", "k", "One GmbH", "hosting-provider", "1.0.0", new Actor("m", "manager"));
  private final Invitation invitation =
      new Invitation(
          "01",
          1,
          "Kurt www.evil.example",
          "kurt@hoster.example",
          "customer",
          "hash",
          "Mara Manager (sub-mara)",
          clock.instant(),
          clock.instant().plus(Duration.ofDays(14)),
          Invitation.State.OPEN,
          null);
  private final List<String> mails = new ArrayList<>();

  private InvitationMails mails(Mailer mailer) {
    return new InvitationMails(
        new PromptMails(
            new AuditTrail(items), new Keys(items), clock, Optional.ofNullable(mailer)));
  }

  private void keep(Person to, Mailer.Letter letter) {
    mails.add(to.email() + ": " + letter.subject() + "\n" + letter.text());
  }

  @Test
  void theInvitationSaysByWhomWhereToAndUntilWhen() {
    assertTrue(mails(this::keep).invite(onboarding, invitation, LINK));
    String mail = mails.getFirst();
    assertTrue(mail.startsWith("kurt@hoster.example: Slipway: invitation to One GmbH"), mail);
    assertTrue(mail.contains("Good day Kurt,"), mail);
    assertTrue(mail.contains("Mara Manager invites you"), mail);
    assertTrue(mail.contains("    " + LINK + "\n"), mail);
    assertFalse(mail.contains("evil"), mail);
  }

  @Test
  void whatTheMailServiceDoesNotTakeIsSaidToTheInviter() {
    assertFalse(mails(null).invite(onboarding, invitation, LINK));
    assertFalse(
        mails(
                (to, letter) -> {
                  throw SesException.builder().message("away").build();
                })
            .invite(onboarding, invitation, LINK));
  }

  @Test
  void thoseWhoLeadAreToldOnceOfAnotherPerson() {
    List<Person> leads = List.of(new Person("Boss", "boss@vendor.example"));
    mails(this::keep).usedByAnother(onboarding, invitation, leads);
    mails(this::keep).usedByAnother(onboarding, invitation, leads);
    assertEquals(1, mails.size());
    assertTrue(mails.getFirst().contains("the invitation of Kurt was opened"), mails.getFirst());
    assertTrue(mails.getFirst().contains("slipway end " + onboarding.id() + " 01"));
  }
}
