package dev.slipway.hostingprovider.golive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.hostingprovider.PortalLink;
import dev.slipway.hostingprovider.RestoreTrial;
import dev.slipway.hostingprovider.TestArchive;
import dev.slipway.hostingprovider.TestImage;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.report.Report;
import dev.slipway.systems.UnusedPassword;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.systems.platform.CustomerEnvironment;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.platform.Usage;
import dev.slipway.systems.platform.VisitorClient;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One test customer's way through the whole platform, from sign-up to the billing portal: the proof
 * that the parts work together. A machine goes it where the platform permits, a person where not,
 * and each step is timed. The result of a step is remembered before the next one begins, and each
 * object that it makes has a name of its own, so that a journey that is cut off goes on where it
 * was.
 */
final class CustomerJourney {
  private static final String CUSTOMER = "test-customer";
  private static final String FIELD = "credential:" + CUSTOMER;
  private static final Set<Kind> NOT_PERMITTED = Set.of(Kind.NOT_PERMITTED);
  private static final Set<Kind> NOT_OFFERED =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.NOT_UNDERSTOOD);

  /** A dashboard may ask visitors for more than a machine can give, such as a captcha. */
  private static final Set<Kind> NOT_OPEN =
      Set.of(
          Kind.NOT_PERMITTED,
          Kind.NOT_FOUND,
          Kind.NOT_UNDERSTOOD,
          Kind.AUTHENTICATION_FAILED,
          Kind.REJECTED);

  /** Usage becomes money at a quarter past each hour; a little more for the job itself. */
  private static final Duration COUNTED = Duration.ofMinutes(20);

  private final Work work;
  private final ThirdParties parties;
  private final Report rows;
  private final String round;
  private final String hash;
  private final List<String> told = new ArrayList<>();

  /**
   * @param rows every row as it stands: a feature that was not taken is left out
   * @param round tells journeys apart: another round is gone again
   */
  CustomerJourney(Work work, ThirdParties parties, Report rows, String round) {
    this.work = work;
    this.parties = parties;
    this.rows = rows;
    this.round = round;
    this.hash = Json.hash(Json.tree(List.of(work.onboarding(), "journey", round))).substring(0, 10);
  }

  /** Goes it, from where an earlier attempt came to. */
  void go() {
    byMachine("journey-sign-up", NOT_OPEN, this::signedUp);
    byPerson("journey-mail");
    boolean own = byMachine("journey-container", NOT_PERMITTED, this::container);
    byMachine("journey-upload", NOT_OFFERED, this::uploaded);
    inContainer(own, "technical-configuration.add-external-ips", "journey-address", this::attached);
    inContainer(
        own, "technical-configuration.connect-backup-storage", "journey-restore", this::restored);
    if (own) {
      byMachine("journey-usage", NOT_OFFERED, this::counted);
    } else {
      byPerson("journey-usage");
    }
    byPerson("journey-invoice");
    if (isTaken("billing-integration.set-up-single-sign-on", "journey-single-sign-on")) {
      byMachine("journey-single-sign-on", NOT_OFFERED, this::enteredPortal);
    }
    if (own) {
      byMachine("journey-clean-up", NOT_PERMITTED, this::cleanedUp);
    } else {
      byPerson("journey-clean-up");
    }
  }

  /** The results, one line a step. */
  List<String> told() {
    return List.copyOf(told);
  }

  // --- how a step is taken

  private void inContainer(boolean own, String task, String step, Supplier<String> act) {
    if (!isTaken(task, step)) {
      return;
    }
    if (own) {
      byMachine(step, NOT_OFFERED, act);
    } else {
      byPerson(step);
    }
  }

  /** Whether a machine took the step, or found it taken by one. */
  private boolean byMachine(String step, Set<Kind> leftToPerson, Supplier<String> act) {
    if (!work.hasSecret(CUSTOMER) || remembered("by-person:" + step).isPresent()) {
      byPerson(step);
      return false;
    }
    work.step(step)
        .about(about())
        .field(FIELD)
        .leftToPerson(leftToPerson)
        .timed(name(step))
        .machine(
            () -> {
              try {
                return found(step, done(step).orElseGet(() -> remember(step, act.get())));
              } catch (SystemTrouble trouble) {
                if (leftToPerson.contains(trouble.kind())) {
                  // A machine does not begin a step meanwhile that a person was asked for.
                  work.remember(
                      Note.Kind.RESOURCE, name("by-person:" + step), Json.tree(trouble.code()));
                }
                throw trouble;
              }
            })
        .orAttested();
    tell(step);
    return done(step).isPresent();
  }

  private void byPerson(String step) {
    work.step(step).about(about()).timed(name(step)).attested();
    tell(step);
  }

  private About about() {
    return work.about().and("round", round);
  }

  private boolean isTaken(String task, String step) {
    Report.TaskLine row =
        rows.tasks().stream().filter(line -> line.task().equals(task)).findFirst().orElseThrow();
    if (row.outcome().equals("DONE")) {
      return true;
    }
    String why =
        "left out: "
            + row.row()
            + " is "
            + row.outcome()
            + (row.reason() == null ? "" : " (" + row.reason() + ")");
    work.step(step).machine(() -> new Finding(probe(step), row.title(), why));
    told.add(step + ": " + why);
    return false;
  }

  private void tell(String step) {
    String saw =
        done(step)
            .map(done -> done.path("saw").asText())
            .or(() -> work.answer(step).map(Answer::statement))
            .orElse("");
    told.add(step + ": " + saw);
  }

  private Finding found(String step, JsonNode done) {
    return new Finding(
        probe(step),
        CUSTOMER + " " + environment(),
        done.path("saw").asText(),
        Instant.parse(done.path("at").asText()));
  }

  // --- the steps

  private String signedUp() {
    VisitorClient visitor = parties.visitor(work);
    String address = address();
    boolean begun = work.remembered(Note.Kind.INTENT, name("sign-up")).isPresent();
    work.remember(Note.Kind.INTENT, name("sign-up"), Json.tree(address));
    try {
      visitor.signUp(address, "Slipway test customer", UnusedPassword.make());
    } catch (SystemTrouble trouble) {
      // The address is nobody else's: it is taken because an earlier attempt got through.
      if (!begun || trouble.kind() != Kind.REJECTED) {
        throw trouble;
      }
    }
    String said;
    try {
      said = "; the platform says of the address: " + visitor.registration(address);
    } catch (SystemTrouble trouble) {
      if (!NOT_OPEN.contains(trouble.kind())) {
        throw trouble;
      }
      said = "";
    }
    return "signed up as " + address + ", without being activated" + said;
  }

  private String container() {
    CustomerEnvironment made =
        parties
            .customer(work)
            .ensureEnvironment(environment(), TestImage.of(work), Optional.empty());
    return made.nodes().size()
        + " container of "
        + TestImage.of(work)
        + " in "
        + (made.domain().isEmpty() ? made.name() : made.domain());
  }

  private String uploaded() {
    return "kept as "
        + parties.customer(work).ensureUploaded(environment() + ".zip", TestArchive.zip());
  }

  private String attached() {
    return "attached " + parties.customer(work).ensureExternalIp(environment());
  }

  private String restored() {
    return new RestoreTrial(work, parties.customer(work), environment()).run(TestImage.of(work));
  }

  private String counted() {
    Instant from = Instant.parse(done("journey-container").orElseThrow().path("at").asText());
    List<Usage> usage =
        parties
            .customer(work)
            .usage(from.truncatedTo(ChronoUnit.HOURS), work.now().plus(Duration.ofHours(1)))
            .stream()
            .filter(
                item -> item.environment().isEmpty() || item.environment().equals(environment()))
            .toList();
    if (usage.isEmpty()) {
      Instant by = from.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)).plus(COUNTED);
      work.waitUntil(by, "The platform counts usage once an hour.");
      throw new UnmetRequirement(
          "journey.nothing-counted",
          "platform",
          "pricing",
          "The platform has counted no usage for the environment " + environment() + ".",
          "Check the pricing model of the test customer's group, and the platform's hourly billing"
              + " job; then retry.");
    }
    BigDecimal cost = usage.stream().map(Usage::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    return "counted "
        + cost.toPlainString()
        + " "
        + work.elements().path("currency").path("code").asText()
        + " in "
        + usage.size()
        + " entries ("
        + PlatformMethod.GET_BILLING_HISTORY.permission()
        + ")";
  }

  private String enteredPortal() {
    Finding followed = new PortalLink(work, parties).followed();
    return followed.against() + ": " + followed.answer();
  }

  private String cleanedUp() {
    CustomerClient customer = parties.customer(work);
    if (customer.environment(environment()).isPresent()) {
      customer.remove(environment());
    }
    if (customer.environment(environment()).isPresent()) {
      throw new UnmetRequirement(
          "journey.not-removed",
          "platform",
          FIELD,
          "The environment " + environment() + " is still there after it was removed.",
          "Remove it in the dashboard of the test customer; then retry.");
    }
    List<String> left = new ArrayList<>();
    done("journey-sign-up")
        .ifPresent(
            done -> left.add("the account " + address() + ", which ends by itself after a day"));
    done("journey-upload").ifPresent(done -> left.add("the archive, " + done.path("saw").asText()));
    return "environment "
        + environment()
        + " removed; left: "
        + (left.isEmpty() ? "nothing" : String.join("; ", left));
  }

  // --- names and memory

  private String environment() {
    return "slipway-journey-" + hash;
  }

  /** The test mailbox, under a name of this journey's own. */
  private String address() {
    String mailbox = work.element("test-mailbox").path("address").asText();
    int at = mailbox.indexOf('@');
    return mailbox.substring(0, at) + "+slipway-" + hash + mailbox.substring(at);
  }

  private static String probe(String step) {
    return step.replaceFirst("-", ".");
  }

  private String name(String what) {
    return what + ":" + hash;
  }

  private Optional<JsonNode> done(String step) {
    return remembered(step);
  }

  private Optional<JsonNode> remembered(String what) {
    return work.remembered(Note.Kind.RESOURCE, name(what));
  }

  private JsonNode remember(String step, String saw) {
    return work.remember(
        Note.Kind.RESOURCE, name(step), Json.tree(Map.of("at", work.now().toString(), "saw", saw)));
  }
}
