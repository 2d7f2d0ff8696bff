package dev.slipway.notice;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AddendumInfo;
import dev.slipway.ledger.DisplayName;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.OpenWork;
import dev.slipway.report.Addenda;
import dev.slipway.report.Addendum;
import dev.slipway.report.Addendum.Found;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells those who lead what a look after go-live found otherwise than was told before: each of them
 * once for each addendum. A mail that is not accepted is tried again by the next call.
 */
final class AddendumNotices {
  private static final Actor ACTOR = Reminders.ACTOR;

  /** Of each kind a mail names so many rows, and counts the others. */
  private static final int MOST_ROWS = 25;

  private final FunctionContext context;
  private final PromptMails mails;
  private final String address;
  private final Isolation isolation;

  /**
   * @param address where the pages are; may be empty
   */
  AddendumNotices(FunctionContext context, PromptMails mails, String address, Isolation isolation) {
    this.context = context;
    this.mails = mails;
    this.address = address;
    this.isolation = isolation;
  }

  /** Tells; answers how many addenda were told now. */
  int tell() {
    return (int)
        context.openWork().untoldAddenda().stream()
            .filter(each -> isolation.get(each.onboarding(), () -> tell(each), false))
            .count();
  }

  /** The index lags a moment behind: the addendum itself counts. */
  private boolean tell(OpenWork.UntoldAddendum untold) {
    String id = untold.onboarding();
    Optional<AddendumInfo> info =
        context.looks().addendum(id, untold.number()).filter(each -> each.toldAt() == null);
    Optional<Onboarding> onboarding =
        context.onboardings().find(id).filter(Onboarding::isToBeErased);
    if (info.isEmpty() || onboarding.isEmpty()) {
      return false;
    }
    Addendum addendum = new Addenda(context).find(id, untold.number()).orElseThrow();
    List<Person> leads = Person.whoLead(context.elements(), id);
    if (leads.isEmpty()) {
      context
          .auditTrail()
          .record(
              id,
              ACTOR,
              "people.nobody-to-tell",
              null,
              "addendum " + untold.number(),
              "the element contacts names nobody who leads");
    }
    mails.tellOnce(
        id, "addendum/" + untold.number(), leads, lead -> letter(onboarding.get(), addendum, lead));
    try {
      context.looks().told(id, info.get());
    } catch (LostRaceException e) {
      // Another call has told it, or it was erased.
      return false;
    }
    return true;
  }

  private Mailer.Letter letter(Onboarding onboarding, Addendum addendum, Person lead) {
    String name = DisplayName.of(onboarding.name());
    String text =
        Stream.of(
                """
                Good day%s,

                %s was signed off on %s. On %s it was looked at again, and not
                all is as it was told before.
                """
                    .formatted(
                        InvitationMails.greeted(lead),
                        name,
                        InvitationMails.DAY.format(addendum.signedAt()),
                        InvitationMails.DAY.format(addendum.endedAt())),
                part("This does not hold any more:", addendum.of(Found.NO_LONGER_HOLDS)),
                part(
                    "This does not hold for another reason than before:",
                    addendum.of(Found.DOES_NOT_HOLD_OTHERWISE)),
                part("This holds again:", addendum.of(Found.HOLDS_AGAIN)),
                part(
                    "This could not be looked at for the second time in a row. It may hold or not:",
                    addendum.of(Found.NOT_SEEN_EITHER)),
                besides(addendum),
                """
                The signed report stays as it was. What was looked at, what could not be, and
                why, is in the addendum:

                    %s/app/o/%s/report
                    slipway addendum %s %d
                """
                    .formatted(address, onboarding.id(), onboarding.id(), addendum.number()))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("\n"));
    return new Mailer.Letter("Slipway: " + subject(addendum) + " (" + name + ")", text, "");
  }

  private static String subject(Addendum addendum) {
    int gone =
        addendum.of(Found.NO_LONGER_HOLDS).size()
            + addendum.of(Found.DOES_NOT_HOLD_OTHERWISE).size();
    if (gone > 0) {
      return gone + (gone == 1 ? " row does not hold" : " rows do not hold") + " any more";
    }
    int unseen = addendum.of(Found.NOT_SEEN_EITHER).size();
    return unseen > 0
        ? unseen + (unseen == 1 ? " row" : " rows") + " could not be looked at"
        : "what did not hold holds again";
  }

  private static String part(String heading, List<Addendum.Line> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    String rows =
        lines.stream().limit(MOST_ROWS).map(AddendumNotices::row).collect(Collectors.joining());
    String more = lines.size() > MOST_ROWS ? "- and " + (lines.size() - MOST_ROWS) + " more\n" : "";
    return heading + "\n\n" + rows + more;
  }

  private static String row(Addendum.Line line) {
    String title = "- " + line.row() + " " + line.title() + "\n";
    if (line.problem() == null) {
      return line.found() == Found.NOT_SEEN_EITHER ? title + "    " + line.why() + "\n" : title;
    }
    return title
        + "    "
        + line.problem().message()
        + (line.problem().field() == null ? "" : " (" + line.problem().field() + ")")
        + "\n    Next: "
        + line.problem().nextStep()
        + "\n";
  }

  private static String besides(Addendum addendum) {
    int still = addendum.of(Found.STILL_DOES_NOT_HOLD).size();
    int unseen = addendum.of(Found.NOT_SEEN).size();
    return (still == 0 ? "" : still + " more, told before, still do not hold.\n")
        + (unseen == 0
            ? ""
            : unseen + " could not be looked at this time; that says nothing about them.\n");
  }
}
