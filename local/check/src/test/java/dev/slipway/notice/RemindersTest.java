package dev.slipway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AuditTrail;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Decisions;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Identity;
import dev.slipway.ledger.Items;
import dev.slipway.ledger.Keys;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.OpenWork;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.PersonNote;
import dev.slipway.ledger.PersonNotes;
import dev.slipway.ledger.PersonalData;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Requests;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.log.Log;
import dev.slipway.pattern.Schemas;
import dev.slipway.report.Titles;
import dev.slipway.testing.TestClock;
import dev.slipway.testing.TestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/** Who is told what, and how often. */
class RemindersTest {
  private static final JsonSchema SCHEMA = schema();
  private static final Titles TITLES = Titles.of(new Checklists().newest("enterprise-environment"));
  private static final TaskKey SMTP = new TaskKey("technical-configuration.configure-smtp", "");
  private static final Person ANNA = new Person("Anna", "Anna@hoster.example");
  private static final Person BOSS = new Person("Boss", "boss@vendor.example");

  private final TestTable table = new TestTable();
  private final TestClock clock = new TestClock();
  private final Items items = new Items(table.client(), table.name(), clock);
  private final AuditTrail auditTrail = new AuditTrail(items);
  private final Decisions decisions = new Decisions(items);
  private final Elements elements = new Elements(items);
  private final Onboardings onboardings = new Onboardings(items);
  private final PersonalData personalData = new PersonalData(items);
  private final Requests requests = new Requests(items);
  private final OpenWork openWork = new OpenWork(items);
  private final Tasks tasks = new Tasks(items);
  private final List<String> mails = new ArrayList<>();
  private final List<String> htmls = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Onboarding one = onboarding("One GmbH");
  private final Onboarding two = onboarding("Two GmbH");
  private boolean refusing;
  private String refused = "";
  private String undeliverable = "";

  @Test
  void oneOnboardingThatCannotBeReadKeepsNoOtherFromBeingTold() {
    for (Onboarding each : List.of(one, two)) {
      start(each);
      keep(each, SMTP, failed("mail-server.host", null), Party.CUSTOMER);
    }
    personalData
        .contents(one.id())
        .list("META")
        .forEach(
            kept ->
                personalData
                    .contents(one.id())
                    .rewrite(kept, ((ObjectNode) kept.body()).put("newer", "than this code")));
    Isolation isolation = new Isolation(Log.none());

    List<Ask> asks =
        new OpenAsks(decisions, elements, onboardings, openWork, clock, new Checklists(), isolation)
            .all();

    assertEquals(List.of(two.id()), asks.stream().map(ask -> ask.onboarding().id()).toList());
    assertEquals(Set.of(one.id()), isolation.skipped());
  }

  @Test
  void aMailThatCannotBeWrittenKeepsNobodyElseFromBeingTold() {
    Ask bad = ask(one, Duration.ofDays(10), new Person("Otto", "overflow@hoster.example"));
    Ask good = ask(two, Duration.ofDays(10), ANNA);
    assertEquals(1, tell(bad, good).path("sent").asInt());
  }

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
  void ofVeryManyAMailTellsThoseThatAreDueFirstAndCountsTheOthers() {
    Ask[] many =
        IntStream.range(0, 600)
            .mapToObj(n -> ask(one, Duration.ofHours(30 + n), ANNA))
            .toArray(Ask[]::new);
    assertEquals(1, tell(many).path("sent").asInt());
    assertTrue(mails.getLast().contains("600 things wait for you"), mails.getLast());
    assertTrue(mails.getLast().contains("100. E-mail"), mails.getLast());
    assertFalse(mails.getLast().contains("101. E-mail"), mails.getLast());
    assertTrue(mails.getLast().contains("And 500 more"), mails.getLast());
    assertTrue(htmls.getLast().contains("And 500 more"), htmls.getLast());
    assertEquals(2, events.stream().filter("Reminder Sent"::equals).count());
  }

  @Test
  void whatIsAskedAlikeOfTwelveTenantsIsOneLineWhichOneStatementAnswers() {
    Ask[] twelve =
        IntStream.rangeClosed(1, 12)
            .mapToObj(n -> ofInstance("uat.t" + n, "They sign in", n))
            .toArray(Ask[]::new);
    assertEquals(1, tell(twelve).path("sent").asInt());
    String mail = mails.getLast().replaceAll("\\s+", " ");
    assertTrue(mail.contains("1 thing waits for you"), mail);
    assertTrue(mail.contains("1. Grant rights (12: UAT, T1; UAT, T2; UAT, T3 and 9 more)"), mail);
    assertTrue(
        mail.contains(
            "slipway answer %s products.rights accepted --instances uat.t1,uat.t2,"
                .formatted(one.id())),
        mail);
    assertTrue(mail.contains(",uat.t12 --statement"), mail);
    assertTrue(htmls.getLast().contains("Grant rights (12: UAT, T1;"), htmls.getLast());
    assertEquals(0, tell(twelve).path("sent").asInt(), "each of them was told");

    clock.pass(Duration.ofHours(25));
    assertEquals(
        1, tell(ofInstance("uat.t13", "They sign in", 13), twelve[0]).path("sent").asInt());
    assertTrue(mails.getLast().contains("Grant rights (2: UAT, T1; UAT, T13)"), mails.getLast());
    clock.pass(Duration.ofHours(25));
    tell(ofInstance("uat.t14", "They sign in", 13), ofInstance("uat.t1", "Otherwise.", 1));
    assertTrue(mails.getLast().contains("Grant rights (UAT, T14)"), mails.getLast());
    assertTrue(mails.getLast().contains("Grant rights (UAT, T1)"), mails.getLast());
  }

  /** To open a page approves nothing: who sees it answers there after signing in. */
  @Test
  void eachAskHasTheAddressOfItsPage() {
    tell(
        ask(one, Duration.ofDays(10), ANNA),
        ofInstance("uat.t1", "Alone.", 1),
        ofInstance("uat.t2", "They sign in", 1),
        ofInstance("uat.t3", "They sign in", 1),
        new Ask(
            two,
            new TaskKey("technical-configuration.gate", ""),
            "Technical configuration",
            TITLES,
            new Outcome.Waiting(
                Party.CUSTOMER, null, List.of(), "Give it.", null, null, null, null, List.of()),
            List.of(ANNA),
            List.of(BOSS)));
    String app = "https://slipway.example/app/o/";
    for (String page :
        List.of(
            app + one.id() + "/task/technical-configuration.configure-smtp",
            app + one.id() + "/task/products.rights%40uat.t1",
            app + one.id() + "/task/products.rights",
            app + two.id() + "/given")) {
      assertTrue(mails.getLast().contains("\n     " + page + "\n"), mails.getLast());
      assertTrue(htmls.getLast().contains(" href=\"" + page + "\""), htmls.getLast());
    }
    mails
        .getLast()
        .lines()
        .filter(line -> !line.startsWith("     ")) // Addresses and commands are to be copied.
        .forEach(line -> assertTrue(line.length() <= 78, line));
  }

  private Ask ofInstance(String instance, String instructions, int hours) {
    return new Ask(
        one,
        new TaskKey("products.rights", instance),
        "Grant rights",
        TITLES,
        new Outcome.Waiting(
            Party.CUSTOMER,
            "accepted",
            List.of(),
            instructions,
            "A machine looks.",
            clock.instant().plus(Duration.ofDays(10)).plus(Duration.ofHours(hours)),
            null,
            null,
            List.of()),
        List.of(ANNA),
        List.of(BOSS));
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
    assertEquals("PENDING", tasks.of(one.id(), ask.key()).state());
    assertEquals(
        1,
        auditTrail.events(one.id(), null, 100).stream()
            .filter(event -> event.what().equals("task.escalated"))
            .count());
  }

  @Test
  void aMailThatWasNotAcceptedIsTriedAgainAndTheTroubleIsRecordedOnce() {
    Ask ask = ask(one, Duration.ofDays(3), ANNA);
    refusing = true;
    assertEquals(1, tell(ask).path("failed").asInt());
    clock.pass(Duration.ofHours(1));
    assertEquals(1, tell(ask).path("failed").asInt());
    refusing = false;
    clock.pass(Duration.ofHours(1));
    assertEquals(1, tell(ask).path("sent").asInt());
    assertEquals(List.of("Mail Refused", "Reminder Sent"), events);
    assertEquals(1, audited("people.mail-refused"));
  }

  @Test
  void oneRefusedMailKeepsNoOtherFromGoingOut() {
    refused = "anna@hoster.example";
    Ask ask = ask(one, Duration.ofDays(3), ANNA, BOSS);
    assertEquals(1, tell(ask).path("failed").asInt());
    assertEquals(1, mails.size());
    assertTrue(mails.getFirst().startsWith("boss@"), mails.getFirst());
  }

  @Test
  void whoeverIsRefusedForGoodIsLeftAloneAndWhoLeadsGetsALine() {
    start(one);
    give(
        """
        {"customer": [{"name": "Anna", "email": "anna@hoster.example"}],
         "manager": [{"name": "Mia", "email": "mia@vendor.example"}]}
        """);
    keep(SMTP, failed("mail-server.host", null), Party.CUSTOMER);
    undeliverable = "anna@hoster.example";
    assertEquals(1, tellAll().path("failed").asInt());
    assertEquals(List.of("Mail Refused"), events);
    assertEquals(1, audited("people.mail-undeliverable"));

    clock.pass(Duration.ofHours(1));
    assertEquals(0, tellAll().path("failed").asInt());
    assertEquals(1, mails.size());
    String mail = mails.getFirst().replaceAll("\\s+", " ");
    assertTrue(mail.startsWith("mia@vendor.example Slipway: no mail reaches Anna"), mail);
    assertTrue(mail.contains("In One GmbH this waits: Configure the mail server."), mail);
    assertTrue(mail.contains("slipway element set " + one.id() + " contacts --file FILE"), mail);
    assertTrue(htmls.getFirst().contains("<p>No mail reaches Anna"), htmls.getFirst());

    for (int day = 0; day < 20; day++) {
      clock.pass(Duration.ofDays(1));
      tellAll();
    }
    assertEquals(3, audited("people.mail-undeliverable"), "it is tried again once a week");
    assertEquals(
        1, mails.stream().filter(sent -> sent.contains("No mail reaches")).count(), "told once");

    ElementRecord contacts = elements.find(one.id(), "contacts").orElseThrow();
    elements.save(
        one.id(),
        new ElementRecord(
            "contacts",
            0,
            Json.tree(
                Map.of("customer", List.of(Map.of("name", "Anna", "email", "a@hoster.example")))),
            "c",
            clock.instant()),
        contacts.version(),
        new Actor("c", "customer"));
    tellAll();
    assertTrue(mails.getLast().startsWith("a@hoster.example"), mails::toString);
  }

  @Test
  void whoIsReachedAgainIsToldAsBefore() {
    start(one);
    give("{\"customer\": [{\"name\": \"Anna\", \"email\": \"anna@hoster.example\"}]}");
    keep(SMTP, failed("mail-server.host", null), Party.CUSTOMER);
    undeliverable = "anna@hoster.example";
    tellAll();
    tellAll();
    undeliverable = "";
    clock.pass(Duration.ofDays(8));
    tellAll();
    assertEquals(1, mails.size());
    assertTrue(mails.getFirst().contains("The login is <refused>."), mails.getFirst());
  }

  private ObjectNode tellAll() {
    return tell(openAsks().all().toArray(Ask[]::new));
  }

  /** Another customer may name the same mailbox, and call its owner whatever they like. */
  @Test
  void nobodyIsGreetedInAnotherCustomersWordsAndEachSaysWhatIsTheirs() {
    Ask theirs =
        ask(
            two,
            Duration.ofDays(10),
            new Person("Pay now at https://evil.example", "anna@hoster.example"));
    tell(theirs, ask(one, Duration.ofDays(10), ANNA));
    String mail = mails.getFirst();
    assertTrue(mail.contains("\nGood day,\n"), mail);
    assertFalse(mail.contains("Pay now"), mail);
    assertFalse(htmls.getFirst().contains("Pay now"), htmls.getFirst());
    for (Onboarding each : List.of(one, two)) {
      String heading = "Onboarding " + each.name() + " (" + each.id() + ")";
      assertTrue(mail.contains("== " + heading + " =="), mail);
      assertTrue(htmls.getFirst().contains(heading), htmls.getFirst());
    }
    clock.pass(Duration.ofDays(1));
    mails.clear();
    tell(ask(one, Duration.ofHours(1), ANNA));
    assertTrue(mails.getFirst().contains("\nGood day Anna,\n"), mails.getFirst());
  }

  @Test
  void aNameInAMailIsCutAndHasNeitherLinesNorLinks() {
    Map<String, String> shown =
        Map.of(
            "Anna Öztürk-O'Neill",
            "Anna Öztürk-O'Neill",
            "Dr. J.R. Smith",
            "Dr. J. R. Smith",
            "Anna\r\nBcc: x@evil.example",
            "Anna",
            "Anna\u2028\u202E\u0000B",
            "Anna B",
            "click https://evil.example/pay now",
            "click now",
            "www.evil.example WWW.EVIL.EXAMPLE",
            "",
            "evil.example/pay evil.example",
            "evil. example",
            "<b>Anna</b>",
            "b Anna",
            "A".repeat(500),
            "A".repeat(60));
    shown.forEach((given, name) -> assertEquals(name, new Person(given, "a@b.example").name()));
  }

  @Test
  void withoutASenderOnlyEventsGoOut() {
    Ask ask = ask(one, Duration.ofDays(3), ANNA);
    clock.pass(Duration.ofDays(4));
    reminders(Optional.empty()).tell(List.of(ask));
    assertEquals(List.of(), mails);
    assertEquals(List.of("Task Overdue"), events);
  }

  @Test
  void whoeverIsNotNamedIsMissedOnce() {
    Ask ask = ask(one, Duration.ofDays(3));
    tell(ask);
    tell(ask);
    assertEquals(1, audited("people.nobody-to-tell"));
  }

  /** Clocks go forward on 29 March 2026 and back on 25 October 2026, both at 01:00 UTC. */
  @Test
  void aDayIsThePersonsWhateverTheClocksDo() {
    Person berlin =
        new Person("Berta", "berta@hoster.example", Optional.of(ZoneId.of("Europe/Berlin")));
    Ask ask = ask(one, Duration.ofDays(-1), berlin);
    assertEquals(
        List.of(
            "2026-03-28T08:00+01:00[Europe/Berlin]",
            "2026-03-29T08:00+02:00[Europe/Berlin]",
            "2026-03-30T08:00+02:00[Europe/Berlin]"),
        mailed(ask, "2026-03-28T00:00:00Z", 70));
    mails.clear();
    assertEquals(
        List.of(
            "2026-10-24T08:00+02:00[Europe/Berlin]",
            "2026-10-25T08:00+01:00[Europe/Berlin]",
            "2026-10-26T08:00+01:00[Europe/Berlin]"),
        mailed(ask, "2026-10-23T22:00:00Z", 73));
  }

  /** When mails go out, by the clock in Berlin, if somebody looks every hour. */
  private List<String> mailed(Ask ask, String from, int hours) {
    clock.pass(Duration.between(clock.instant(), Instant.parse(from)));
    List<String> times = new ArrayList<>();
    for (int hour = 0; hour < hours; hour++) {
      int before = mails.size();
      tell(ask);
      if (mails.stream().skip(before).anyMatch(mail -> mail.startsWith("berta@"))) {
        times.add(clock.instant().atZone(ZoneId.of("Europe/Berlin")).toString());
      }
      clock.pass(Duration.ofHours(1));
    }
    return times;
  }

  @Test
  void aFailureIsToldWithItsProblemAndTheNextStep() {
    Ask ask =
        new Ask(
            one,
            SMTP,
            "Configure the mail server",
            TITLES,
            failed("credential:smtp", null),
            List.of(ANNA),
            List.of(BOSS));
    assertEquals(1, tell(ask).path("sent").asInt());
    String mail = mails.getFirst().replaceAll("\\s+", " ");
    assertTrue(mail.contains("What is wrong: The login is <refused>."), mail);
    assertTrue(mail.contains("Next step: Store another password."), mail);
    assertTrue(
        mail.contains(
            "slipway credential store "
                + one.id()
                + " smtp --file FILE --api https://slipway.example --token-file TOKEN"),
        mail);
    assertTrue(mail.contains("slipway retry " + one.id() + " " + SMTP + " --reason"), mail);
    assertTrue(mail.contains("FAILED, to be mended by"), mail);
    assertTrue(htmls.getFirst().contains("The login is &lt;refused&gt;."), htmls.getFirst());
    assertFalse(
        htmls.getFirst().replace("href=\"https://slipway.example/app/", "").contains("href"),
        "a link could be followed by a scanner: only to a page, which does nothing by itself");
  }

  /** People read titles; the command takes the name under which the element is given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "infrastructure.dns.zones | Infrastructure provider, dns, zones | element set ID infrastructure",
        "tenant-look@acme.logo | Look of a tenant (Acme), logo | element set ID tenant-look@acme",
        "tenant-look@acme | Look of a tenant (Acme) | element set ID tenant-look@acme",
        "credential:mnohub-tenant@uat.acme.key | The tenant's keys of the hub (UAT, Acme), key | credential store ID mnohub-tenant@uat.acme",
        "credential:pusher@uat | Keys of Pusher (UAT) | credential store ID pusher@uat"
      })
  void aProblemNamesItsFieldByTitleAndTheCommandByTheElement(
      String field, String where, String command) {
    tell(new Ask(one, SMTP, "E-mail", TITLES, failed(field, null), List.of(ANNA), List.of(BOSS)));
    String mail = mails.getLast().replaceAll("\\s+", " ");
    assertTrue(mail.contains("Where: " + where + " Next step"), mail);
    assertTrue(mail.contains("slipway " + command.replace("ID", one.id()) + " --file"), mail);
  }

  @Test
  void aFailureThatIsTriedAgainIsTheSameAndAnotherProblemIsNot() {
    Ask ask = new Ask(one, SMTP, "E-mail", TITLES, failed("x", null), List.of(), List.of());
    Ask again =
        new Ask(one, SMTP, "E-mail", TITLES, failed("x", clock.instant()), List.of(), List.of());
    assertEquals(ask.id(), again.id());
    clock.pass(Duration.ofDays(1));
    assertNotEquals(
        ask.id(),
        new Ask(one, SMTP, "E-mail", TITLES, failed("x", null), List.of(), List.of()).id());
  }

  @Test
  void findsWhatWaitsAndWhatFailedAndWhoIsTold() {
    start(one);
    give(
        """
        {"customer": [{"name": "Anna", "email": "anna@hoster.example", "zone": "Europe/Berlin"}],
         "manager": [{"name": "Mia", "email": "mia@vendor.example"}]}
        """);
    keep(SMTP, failed("mail-server.host", null), Party.CUSTOMER);
    TaskKey docker = new TaskKey("technical-configuration.assign-docker-account", "");
    keep(docker, failed(null, null), Party.VENDOR);
    TaskKey backup = new TaskKey("technical-configuration.connect-backup-storage", "");
    keep(backup, failed("backup-storage", clock.instant().plusSeconds(900)), Party.CUSTOMER);

    List<Ask> asks = openAsks().all();
    assertEquals(
        List.of(SMTP, docker), asks.stream().map(Ask::key).toList(), "one may pass by itself");
    assertEquals("Anna", asks.getFirst().told().getFirst().name());
    assertEquals(Optional.of(ZoneId.of("Europe/Berlin")), asks.getFirst().told().getFirst().zone());
    assertEquals("Mia", asks.getLast().told().getFirst().name(), "nobody is named: who leads");

    clock.pass(Duration.ofHours(2));
    assertEquals(3, openAsks().all().size(), "it did not pass");
    requests.request(
        one.id(),
        SMTP,
        true,
        Optional.empty(),
        Optional.empty(),
        new Actor("c", "customer"),
        "task.retried",
        "it is mended");
    assertEquals(2, openAsks().all().size(), "somebody has answered it");
  }

  /** Neither waits until the other has given everything. */
  @Test
  void eachPartyOfAGatesWaitIsToldOfItsOwnElements() {
    start(one);
    give(
        """
        {"customer": [{"name": "Anna", "email": "anna@hoster.example"}],
         "vendor": [{"name": "Vera", "email": "vera@vendor.example"}]}
        """);
    Outcome.Waiting manager = gives(Party.VENDOR, "Give the onboarding manager.");
    Outcome.Waiting domain = gives(Party.CUSTOMER, "Give the domain.");
    keep(
        one,
        new TaskKey("go-live.gate", ""),
        new Outcome.Waiting(
            Party.VENDOR,
            null,
            List.of(),
            "VENDOR: Give the onboarding manager; CUSTOMER: Give the domain.",
            null,
            manager.due(),
            null,
            null,
            List.of(),
            List.of(manager, domain)));
    assertEquals(2, tellAll().path("sent").asInt());
    assertTrue(mails.getFirst().startsWith("vera@"), mails.getFirst());
    assertTrue(mails.getFirst().contains("What to do: Give the onboarding manager.\n"));
    assertFalse(mails.getFirst().contains("domain"), mails.getFirst());
    assertTrue(mails.getLast().startsWith("anna@"), mails.getLast());
    assertTrue(mails.getLast().contains("What to do: Give the domain.\n"), mails.getLast());
    assertFalse(mails.getLast().contains("manager"), mails.getLast());

    for (int hour = 0; hour < 48; hour++) {
      clock.pass(Duration.ofHours(1));
      assertEquals(0, tellAll().path("sent").asInt(), "neither new nor due");
    }
    clock.pass(Duration.ofDays(3));
    assertEquals(2, tellAll().path("sent").asInt(), "both are overdue");
    assertEquals(0, tellAll().path("sent").asInt(), "once a day");
    assertEquals(2, events.stream().filter("Task Overdue"::equals).count(), "each by itself");
  }

  @Test
  void aLookThatAGateStillAsksForIsToldAfterItHasPassed() {
    start(one);
    give("{\"vendor\": [{\"name\": \"Vera\", \"email\": \"vera@vendor.example\"}]}");
    keep(
        one,
        new TaskKey("go-live.gate", ""),
        new Outcome.Done(List.of(), List.of(gives(Party.VENDOR, "Confirm the offer."))));
    assertEquals(1, tellAll().path("sent").asInt());
    assertTrue(mails.getFirst().contains("What to do: Confirm the offer."), mails.getFirst());
  }

  private Outcome.Waiting gives(Party party, String instructions) {
    return new Outcome.Waiting(
        party,
        null,
        List.of(),
        instructions,
        null,
        clock.instant().plus(Duration.ofDays(4)),
        null,
        null,
        List.of());
  }

  @Test
  void aWaiverIsToldToWhomeverMayBeItsSecondPerson() {
    give(
        """
        {"customer": [{"name": "Anna", "email": "anna@hoster.example"}],
         "manager": [{"name": "Mia", "email": "mia@vendor.example"},
                     {"name": "Max", "email": "max@vendor.example"}]}
        """);
    // Whoever asks may call himself Max: the first person is known by the mail address alone.
    waive(SMTP, "Max (sub-mia)", "Mia@vendor.example");
    Ask ask = onlyAsk();
    assertEquals(List.of("Max"), ask.told().stream().map(Person::name).toList());
    assertEquals(1, tell(ask).path("sent").asInt());
    String mail = mails.getFirst().replaceAll("\\s+", " ");
    assertTrue(mail.startsWith("max@vendor.example Slipway: 1 thing waits for you"), mail);
    assertTrue(mail.contains("Approve or refuse to do without: Configure the mail server"), mail);
    assertTrue(mail.contains("Max (sub-mia) asks to do without V01"), mail);
    assertTrue(mail.contains("slipway approve " + one.id() + " " + SMTP + " --reason"), mail);
    assertTrue(mail.contains(" --refuse --reason"), mail);

    clock.pass(Duration.ofDays(6));
    tell(onlyAsk());
    assertTrue(events.contains("Task Escalated"), events::toString);

    Decision asked = decisions.find(one.id(), SMTP).orElseThrow();
    decide(asked.agreedBy("Max (sub-max)"));
    assertEquals(List.of(), openAsks().all());
  }

  @Test
  void aWaiverOfTheHandOverIsToldToTheOnboardingManager() {
    TaskKey handOver = new TaskKey("go-live.hand-over", "");
    give("{\"manager\": [{\"name\": \"Mia\", \"email\": \"mia@vendor.example\"}]}");
    elements.save(
        one.id(),
        new ElementRecord(
            "onboarding-manager",
            0,
            Json.tree(Map.of("name", "Olga", "channel", "olga@vendor.example")),
            "m",
            clock.instant()),
        0,
        new Actor("m", "manager"));
    waive(handOver, "Olga (sub-eli)", "eli@vendor.example");
    assertEquals(List.of(new Person("Olga", "olga@vendor.example")), onlyAsk().told());

    waive(handOver, "Eli (sub-olga)", "olga@vendor.example");
    assertEquals(
        List.of("Mia"), onlyAsk().told().stream().map(Person::name).toList(), "anybody else may");
    Onboarding known = onboardings.find(one.id()).orElseThrow();
    onboardings.save(
        known,
        known.to(Onboarding.State.CANCELLING, clock.instant()),
        new Actor("m", "manager"),
        "x",
        null);
    assertEquals(List.of(), openAsks().all());
  }

  @Test
  void aWaiverThatNobodyMayAgreeToIsMissed() {
    give("{\"manager\": [{\"name\": \"Mia\", \"email\": \"mia@vendor.example\"}]}");
    waive(SMTP, "Mia (sub-mia)", "mia@vendor.example");
    tell(onlyAsk());
    assertEquals(List.of(), mails);
    assertEquals(1, audited("people.nobody-to-tell"));
  }

  @Test
  void whoIsBlockedIsNotRemindedAndIsNobodyToMissWhileTheDateGoesOn() {
    give(
        "{\"customer\": [{\"name\": \"Anna\", \"email\": \"anna@hoster.example\"},"
            + " {\"name\": \"Bert\", \"email\": \"bert@hoster.example\"}],"
            + " \"manager\": [{\"name\": \"Mia\", \"email\": \"mia@vendor.example\"}]}");
    start(one);
    keep(one, SMTP, gives(Party.CUSTOMER, "Click."));
    PersonNotes notes = new PersonNotes(items);
    PersonNote anna = block(notes, "sub-anna", "Anna@hoster.example");
    Ask ask = onlyAsk();
    assertEquals(List.of("Bert"), ask.told().stream().map(Person::name).toList());
    assertEquals("Anna", ask.blocked().getFirst().by());

    block(notes, "sub-bert", "bert@hoster.example");
    clock.pass(Duration.ofDays(20));
    tell(onlyAsk());
    assertEquals(0, audited("people.nobody-to-tell"));
    assertEquals(1, audited("task.escalated"));
    assertEquals(1, mails.size(), "who leads");

    notes.settle(one.id(), anna, "It is open now.", new Actor("Mia", "manager"));
    assertEquals(List.of("Anna"), onlyAsk().told().stream().map(Person::name).toList());
  }

  private PersonNote block(PersonNotes notes, String subject, String mail) {
    Blocked blocked =
        notes.block(
            onboardings.find(one.id()).orElseThrow(),
            tasks.of(one.id(), SMTP),
            "",
            "It is shut.",
            new Actor("Anna", "customer"),
            new Identity(subject, mail));
    return notes.find(one.id(), blocked.note()).orElseThrow();
  }

  private Ask onlyAsk() {
    List<Ask> asks = openAsks().all();
    assertEquals(1, asks.size(), asks::toString);
    return asks.getFirst();
  }

  private void waive(TaskKey key, String by, String mail) {
    decide(
        new Decision(
            key,
            decisions.find(one.id(), key).map(Decision::version).orElse(0L),
            Decision.Kind.WAIVE,
            by,
            "nobody needs it",
            clock.instant(),
            null,
            Identity.ofMail(mail)));
  }

  private void decide(Decision decision) {
    requests.request(
        one.id(),
        decision.key(),
        false,
        Optional.empty(),
        Optional.of(decision),
        new Actor("m", "manager"),
        "task.decided",
        "because");
  }

  private void start(Onboarding onboarding) {
    Onboarding starting = onboarding.starting("plan", clock.instant());
    onboardings.save(onboarding, starting, new Actor("m", "manager"), "onboarding.started", null);
  }

  private void give(String contacts) {
    try {
      elements.save(
          one.id(),
          new ElementRecord("contacts", 0, Json.MAPPER.readTree(contacts), "c", clock.instant()),
          0,
          new Actor("c", "customer"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(TaskKey key, Outcome.Failed failed, Party party) {
    keep(one, key, failed, party);
  }

  private void keep(Onboarding onboarding, TaskKey key, Outcome.Failed failed, Party party) {
    Instant now = clock.instant();
    keep(onboarding, key, failed.askedOf(party, now, now.plus(Duration.ofDays(3))));
  }

  private void keep(Onboarding onboarding, TaskKey key, Outcome outcome) {
    TaskRecord before = TaskRecord.untouched(key);
    Instant now = clock.instant();
    TaskRecord after =
        new TaskRecord(
            key,
            1,
            new Claim("c", 1, now, 0, "token", 0, null, null),
            "token",
            outcome,
            0,
            0,
            null,
            false,
            null,
            false,
            0,
            null,
            1,
            1,
            now,
            now,
            now);
    tasks.save(onboarding.id(), before, after);
  }

  private Outcome.Failed failed(String field, Instant retryAt) {
    return new Outcome.Failed(
            new Problem(
                "smtp.authentication-failed",
                "smtp",
                field,
                "The login is <refused>.",
                "Store another password."),
            retryAt,
            List.of())
        .askedOf(Party.CUSTOMER, clock.instant(), clock.instant().plus(Duration.ofDays(3)));
  }

  private long audited(String what) {
    return auditTrail.events(one.id(), null, 100).stream()
        .filter(event -> event.what().equals(what))
        .count();
  }

  private ObjectNode tell(Ask... asks) {
    return reminders(
            Optional.of(
                (to, letter) -> {
                  if (refusing || to.mailbox().equals(refused)) {
                    throw SdkClientException.create("away");
                  }
                  if (to.mailbox().startsWith("overflow@")) {
                    throw new StackOverflowError();
                  }
                  if (to.mailbox().equals(undeliverable)) {
                    throw new Undeliverable("MessageRejected", null);
                  }
                  mails.add(to.email() + "\n" + letter.subject() + "\n" + letter.text());
                  htmls.add(letter.html());
                }))
        .tell(List.of(asks));
  }

  private OpenAsks openAsks() {
    return new OpenAsks(
        decisions,
        elements,
        onboardings,
        openWork,
        clock,
        new Checklists(),
        new Isolation(Log.none()));
  }

  private Reminders reminders(Optional<Mailer> mailer) {
    return new Reminders(
        auditTrail,
        new Keys(items),
        clock,
        mailer,
        new Announcer(bus(), "default"),
        new Reminders.Policy(Duration.ofDays(2), ZoneOffset.UTC, 8, "https://slipway.example/"),
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
              PutEventsRequest.Builder request = PutEventsRequest.builder();
              ((Consumer<PutEventsRequest.Builder>) arguments[0]).accept(request);
              PutEventsRequestEntry event = request.build().entries().getFirst();
              events.add(event.detailType());
              assertDescribed(event);
              return PutEventsResponse.builder().failedEntryCount(0).build();
            });
  }

  /** What goes out is as {@code docs/events.schema.json} tells the operator's other systems. */
  private static void assertDescribed(PutEventsRequestEntry event) throws IOException {
    ObjectNode told = Json.MAPPER.createObjectNode();
    told.put("source", event.source()).put("detail-type", event.detailType());
    told.set("detail", Json.MAPPER.readTree(event.detail()));
    assertEquals(Set.of(), SCHEMA.validate(told), event::detail);
  }

  private static JsonSchema schema() {
    try {
      return new Schemas()
          .of(
              Json.MAPPER.readTree(
                  Files.readString(ProjectRoot.find().resolve("docs/events.schema.json"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Onboarding onboarding(String name) {
    return onboardings.create(
        name, name, name, "hosting-provider", "1.0.0", new Actor("m", "manager"));
  }

  private Ask ask(Onboarding onboarding, Duration due, Person... told) {
    return new Ask(
        onboarding,
        SMTP,
        "E-mail",
        TITLES,
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
