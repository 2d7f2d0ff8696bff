package dev.slipway.enterprise.thirdpartyapplications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.applications.ApplicationFacts;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Note;
import dev.slipway.notice.MailSender;
import dev.slipway.notice.SesMailSender;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * M32: the provider of an application is asked by one mail to migrate it to the developer platform,
 * and reminded while it has not. That it is migrated says the vendor, in {@code
 * application-facts.<nid>.migratedOn}.
 */
public final class RequestMigration extends TaskFunction {
  private static final String MIGRATED_ON = "migratedOn";
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED, Kind.REJECTED);

  private final MailSender post;
  private final TextArchive archive;

  /** Keeps the texts that were sent. */
  @FunctionalInterface
  interface TextArchive {
    /** Keeps a text as a file of an onboarding; answers its SHA-256 in hex. */
    String keep(String onboarding, String name, String text);
  }

  /** For Lambda. */
  public RequestMigration() {
    this(FunctionContext.lambda());
  }

  public RequestMigration(FunctionContext context) {
    this(context, new SesMailSender(context), archive(context));
  }

  RequestMigration(FunctionContext context, MailSender post, TextArchive archive) {
    super(context);
    this.post = post;
    this.archive = archive;
  }

  private static TextArchive archive(FunctionContext context) {
    Actor actor = Actor.system("third-party-applications");
    return (onboarding, name, text) ->
        context
            .files()
            .keep(onboarding, text.getBytes(StandardCharsets.UTF_8), name, "text/plain", actor)
            .sha256();
  }

  @Override
  protected void perform(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    JsonNode provider = work.element("applications").path("provider");
    work.waitForElement(
        "applications",
        provider.has("email"),
        "Name the provider of the application `%s` with its e-mail address in the element"
                .formatted(facts.nid())
            + " `applications`: it is asked to migrate the application.");
    MigrationMail mail =
        new MigrationMail(
            work.element("applications").path("name").asText(),
            provider.path("name").asText(),
            provider.path("email").asText(),
            work.element("contacts").path("vendor"));
    Reminders reminders = new Reminders(work, post, mail);
    work.step("ask")
        .about(work.about().and("provider", mail.key()))
        .field("applications")
        .material("To " + mail.address() + ", " + mail.subject())
        .snippet("E-mail", mail.request())
        .leftToPerson(LEFT_TO_PERSON)
        .machine(() -> sent(work, mail))
        .orAttested();
    PersonStep migrated = work.step("migrated").about().field(facts.field(MIGRATED_ON));
    if (facts.known(MIGRATED_ON).isPresent()) {
      reminders.told();
      migrated.machine(() -> migrated(facts)).orAttested();
    } else {
      Optional<Instant> next = reminders.send();
      migrated.lookedAtAgain(next.orElse(null)).person(statement -> migrated(facts));
    }
  }

  @Override
  protected void verify(Work work) {
    ApplicationFacts facts = new ApplicationFacts(work);
    work.proof(facts.field(MIGRATED_ON), () -> migrated(facts));
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        null,
        () ->
            new Finding(
                "put back",
                "the provider",
                "a mail cannot be taken back: tell the provider if nothing is wanted any more"));
  }

  private Finding sent(Work work, MigrationMail mail) {
    String note = "asked:" + mail.key();
    String text =
        work.remember(
                Note.Kind.RESOURCE,
                "text:" + mail.key(),
                Json.tree(archive.keep(work.onboarding(), "migration-request.txt", mail.request())))
            .asText();
    String at =
        work.once(
            note,
            note,
            () -> post.send(mail.name(), mail.address(), mail.subject(), mail.request()));
    return new Finding(
        "ses:SendEmail", mail.address(), "accepted at " + at + "; its text is the file " + text);
  }

  private static Finding migrated(ApplicationFacts facts) {
    return facts
        .known(MIGRATED_ON)
        .map(
            day ->
                new Finding(
                    "the element " + ApplicationFacts.ELEMENT, facts.nid(), "migrated on " + day))
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "application.not-migrated",
                    "developer-platform",
                    facts.field(MIGRATED_ON),
                    "The day of the migration of `" + facts.nid() + "` is not given.",
                    "See on the developer platform that it is migrated, and give the day as"
                        + " `migratedOn` in the element `application-facts`."));
  }
}
