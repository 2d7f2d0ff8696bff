package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.slipway.checklist.Checklists;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.People;
import dev.slipway.ledger.SignedReport;
import dev.slipway.local.client.ApiProblem;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.iam.Grant;
import dev.slipway.local.run.Ending;
import dev.slipway.local.run.OnboardingRun;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.Profile;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import dev.slipway.local.sandbox.mail.ReadableMail;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.template.RouteResource;
import dev.slipway.local.template.Template;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Whole runs of profiles with the roles of the template, and beside them what no plain run needs:
 * every route, another value of a credential, a section that ends early, a run that is stopped.
 * What a role was granted and none of it needed must be explained in a comment above its statement.
 * Every function and every state machine is judged.
 */
@ExtendWith(FinishedRun.Resolver.class)
@Order(2) // Takes long, so it begins early.
class LeastPrivilegeTest {
  /** The function of the pages reads no ledger and has no grant. */
  private static final String PAGES = "Web";

  private static final String MARK = "Unused in any test:";

  private static final String GUEST = "ilse@installer.example";

  /** An invitation's, with its id and its secret. */
  private static final Pattern LINK = Pattern.compile("/app/i/[a-z0-9-]+\\.(\\w+)#([\\w-]+)");

  private static final String SMTP = "technical-configuration.configure-smtp";
  private static final String ROW =
      "{\"section\": \"technical-configuration\", \"title\": \"Firewall report\", \"instructions\": \"Hand over the report of your firewall audit.\", \"party\": \"customer\", \"dueDays\": 5, \"requirement\": \"mandatory\", \"fileNeeded\": true, \"reason\": \"asked for by the customer's auditors\"}";
  private static final String UPLOADER = "technical-configuration.provide-uploader-access";

  @TempDir private Path folder;

  @Test
  void grantsWhatIsNeededAndExplainsTheRest(
      @FinishedRun.Of(value = "enterprise-migration.json", signedOff = true) FinishedRun moved,
      @FinishedRun.Of("enterprise-onprem.json") FinishedRun onPremise,
      @FinishedRun.Of("hosting-provider.json") FinishedRun hoster,
      @FinishedRun.Of(value = "hosting-provider-troubles.json", signedOff = true)
          FinishedRun signedOff)
      throws Exception {
    var root = ProjectRoot.find();
    try (var slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, folder).simulated(true))) {
      beginAnother(slipway);
      stopAnEnterprise(slipway);
      var waiting = run(slipway, profile("hosting-provider-private-network", "nobody"));
      assertInstanceOf(Ending.Stuck.class, waiting.run());
      meddle(slipway, waiting.onboarding());
      // What reads the login of Azure lies in this section.
      var azure = run(slipway, profile("enterprise-azure", "infrastructure."));
      assertInstanceOf(Ending.Stuck.class, azure.run());

      List<RoleUse> uses = new ArrayList<>();
      uses.add(RoleUse.of(slipway.runtime().permissions()));
      for (var run : List.of(hoster, signedOff, moved, onPremise)) {
        assertEquals(0, run.ended().exit(), run.ended()::toString);
        uses.add(run.roles());
      }
      var grants = together(uses);
      assertEquals(List.of(), uses.stream().flatMap(use -> use.refusals().stream()).toList());
      var lines = Files.readAllLines(root.resolve("template.yaml"));
      assertEquals(List.of(), unexplained(grants, lines, slipway.runtime().template()));
      assertEquals(List.of(), needless(grants, lines));
      Set<String> called = routesInTheLog(folder);
      called.addAll(routesInTheLog(signedOff.logs()));
      assertEquals(
          slipway.runtime().template().routes().stream()
              .filter(route -> !route.functionId().equals(PAGES))
              .map(RouteResource::routeKey)
              .collect(Collectors.toCollection(TreeSet::new)),
          called,
          "every route is to be called: a function may have several");
    }
  }

  /** Each grant once; needed, if one of the runs needed it. */
  private static List<Grant> together(List<RoleUse> uses) {
    Set<Grant> needed =
        uses.stream()
            .flatMap(use -> use.grants().stream())
            .filter(Grant::used)
            .collect(Collectors.toSet());
    return uses.getFirst().grants().stream()
        .map(
            grant -> {
              var used =
                  new Grant(grant.owner(), grant.action(), grant.resource(), grant.line(), true);
              return needed.contains(used) ? used : grant;
            })
        .toList();
  }

  private static Set<String> routesInTheLog(Path logs) throws IOException {
    Set<String> routes = new TreeSet<>();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(file)) {
          routes.add(Json.MAPPER.readTree(line).path("route").asText());
        }
      }
    }
    routes.remove("");
    return routes;
  }

  private static OnboardingRun run(LocalSlipway slipway, Profile profile) {
    return new OnboardingRun(
        profile,
        Optional.empty(),
        slipway.callers(),
        slipway.standIns(),
        new PlainView(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)),
        slipway.pace(),
        Duration.ofMinutes(10),
        () -> false);
  }

  /** A profile whose people answer to the tasks alone that begin so: its run gets stuck. */
  private static Profile profile(String name, String answered) throws Exception {
    Profile profile =
        new ProfileReader(new Checklists())
            .read(ProjectRoot.find().resolve("events/profiles").resolve(name + ".json"));
    return new Profile(
        profile.file(),
        profile.hash(),
        profile.checklist(),
        profile.name(),
        profile.elements(),
        profile.credentials(),
        profile.sandbox(),
        profile.people().stream().filter(step -> step.task().startsWith(answered)).toList(),
        profile.corrections(),
        profile.afterGoLive(),
        profile.lines());
  }

  private static void beginAnother(LocalSlipway slipway) throws Exception {
    SlipwayApi manager = slipway.callers().as(Role.MANAGER, null);
    manager.list(null);
    manager.me();
    manager.portfolio("OVERDUE", null);
    manager.openWork("VENDOR", null);
    String next =
        manager.create("hosting-provider", "Next", "key-next").at("/onboarding/id").asText();
    manager.events(next, null);
    manager.tasks(next, SMTP, null, null, null);
    manager.oneTask(next, SMTP);
    manager.skip(next, "technical-configuration.set-up-monitoring", "not now");
    manager.addRow(next, Json.MAPPER.readTree(ROW));
    asGuests(slipway, next);
    startInTheConsole(slipway, next);
    afterGoLive(slipway);
  }

  /** How often an onboarding is looked at that was signed off. */
  private static void afterGoLive(LocalSlipway slipway) {
    SlipwayApi manager = slipway.callers().as(Role.MANAGER, null);
    String id =
        manager.create("hosting-provider", "Live", "key-live").at("/onboarding/id").asText();
    FunctionContext ledger = slipway.context();
    Onboarding created = ledger.onboardings().find(id).orElseThrow();
    Instant now = ledger.clock().instant();
    ledger
        .signOffs()
        .signOff(
            created,
            created.signedOff(now).erasingAt(now.plus(Duration.ofDays(30))),
            new SignedReport("0".repeat(64), 1, "", "", "", "", "test", now, null),
            People.none(),
            Actor.system("test"));
    manager.scheduleLooks(id, 20);
    manager.looks(id);
    assertThrows(ApiProblem.class, () -> manager.addendum(id, 1));
  }

  /** Without an account one gives an element, and hands in access data. */
  private static void asGuests(LocalSlipway slipway, String id) throws Exception {
    SlipwayApi customer = slipway.callers().as(Role.CUSTOMER, id);
    customer.grantGuest(id, "Ilse", GUEST, "element", "platform");
    GuestVisit giving = GuestVisit.of(slipway, GUEST);
    giving.does("POST", "files", "a map", "X-File-Name", "map.txt");
    giving.findsNoOtherFile("0".repeat(64));
    giving.does("PUT", "value", "{\"domain\": \"paas.hoster.example\"}", "If-None-Match", "*");
    customer.grantGuest(id, "Ilse", GUEST, "credential", "smtp");
    GuestVisit.of(slipway, GUEST)
        .does("PUT", "credential", "{\"user\": \"u\", \"password\": \"not-the-one\"}");
  }

  private static void startInTheConsole(LocalSlipway slipway, String id) {
    var machine =
        slipway.runtime().template().stateMachine("HostingProviderOnboarding").orElseThrow();
    try (var console = console(slipway)) {
      console.startExecution(
          r ->
              r.stateMachineArn(machine.arn())
                  .input("{\"onboardingId\": \"%s\", \"run\": 1}".formatted(id)));
    }
  }

  /** A probe runner inside looks at what waits for it, and is sent home. */
  private static void lookFromInside(LocalSlipway slipway, String id) {
    SlipwayApi customer = slipway.callers().as(Role.CUSTOMER, id);
    slipway
        .standIns()
        .lookFromInside(
            "infra-host-1",
            () -> customer.enrolProbeRunner(id, "infra-host-1").path("code").asText(),
            Json.MAPPER.createObjectNode(),
            line -> {});
    for (var runner : customer.probeRunners(id).path("runners")) {
      customer.revokeProbeRunner(id, runner.path("runner").asText(), "no longer needed");
    }
  }

  /** One person comes in and is sent away; another one uses a link that is not theirs. */
  private static void inviteAndEnd(LocalSlipway slipway, String id) {
    SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
    manager.invite(id, "Kurt", "kurt@hoster.example");
    String mail =
        slipway.sandbox().mails().stream()
            .filter(each -> each.recipients().contains("kurt@hoster.example"))
            .map(each -> ReadableMail.of(each).text())
            .findFirst()
            .orElseThrow();
    Matcher link = LINK.matcher(mail);
    assertTrue(link.find(), mail);
    SlipwayApi another = withAddress(slipway, "kim@hoster.example");
    assertThrows(ApiProblem.class, () -> another.redeem(id, link.group(1), link.group(2)));
    withAddress(slipway, "kurt@hoster.example").redeem(id, link.group(1), link.group(2));
    manager.endPerson(
        id, manager.people(id).at("/members/0/id").asText(), "he has left the company");
  }

  /** Whom the issuer gives no role. */
  private static SlipwayApi withAddress(LocalSlipway slipway, String address) {
    return new SlipwayApi(
        SlipwayApi.httpClient(),
        slipway.runtime().apiUri(),
        slipway.callers().as(Role.MANAGER, null).localToken("", address, "", address));
  }

  private static void meddle(LocalSlipway slipway, String id) throws Exception {
    SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
    SlipwayApi customer = slipway.callers().as(Role.CUSTOMER, id);
    SlipwayApi engineer = slipway.callers().as(Role.ENGINEER, id);
    var time = slipway.runtime().time().simulation().orElseThrow();
    lookFromInside(slipway, id);
    customer.delegate(id, SMTP, null, "Cora", "cora@hoster.example", "she knows");
    String blocked =
        customer.note(id, SMTP, "Our mail team is away.", true, null).path("id").asText();
    customer.notes(id, SMTP, null);
    manager.settle(id, blocked, "They are back.");
    inviteAndEnd(slipway, id);
    customer.delegate(id, SMTP, null, "Ilse", GUEST, "she sits beside it", true);
    GuestVisit.of(slipway, GUEST).does("POST", "answer", "{\"statement\": \"Neither arrived.\"}");
    customer.uploadFile(id, new byte[] {1}, "one.bin", "application/octet-stream");
    customer.file(id, customer.files(id).path(0).path("sha256").asText());
    var smtp = Json.MAPPER.createObjectNode();
    smtp.put("user", "paas@hoster.example").put("password", SandboxDefaults.SMTP_PASSWORD);
    customer.storeCredential(id, "smtp", smtp);
    scheduleDeletion(slipway, "slipway/" + id + "/smtp");
    customer.storeCredential(id, "smtp", smtp);
    customer.elements(id);
    var contacts = Json.MAPPER.createObjectNode();
    contacts.putArray("vendor").addObject().put("name", "Vera").put("email", "v@vendor.example");
    contacts.putArray("customer").addObject().put("name", "Carl").put("email", "c@hoster.example");
    engineer.previewElement(id, "contacts", contacts);
    engineer.saveElement(id, "contacts", contacts, OptionalLong.of(1));
    time.advance(Duration.ofDays(8));
    engineer.retry(id, SMTP, "once more");
    putBackWhatWasChanged(manager, id);
    manager.waive(id, UPLOADER, "nobody uploads");
    slipway.callers().as(Role.MANAGER, id, true).approve(id, UPLOADER, "agreed");
    time.advance(Duration.ofHours(1));
    for (String section :
        List.of("technical-configuration", "platform-customization", "billing-integration")) {
      manager.stopSection(id, section, "a break");
    }
    time.advance(Duration.ofMinutes(10));
    for (String section :
        List.of("technical-configuration", "platform-customization", "billing-integration")) {
      manager.startSection(id, section, "go on");
    }
    time.advance(Duration.ofMinutes(10));
    endSectionEarly(slipway, "HostingProviderTechnicalConfiguration");
    fanOut(slipway, id, manager.onboarding(id).at("/onboarding/run").asInt());
    time.advance(Duration.ofMinutes(10));
    engineer.retry(id, "technical-configuration.resume", "go on");
    time.advance(Duration.ofMinutes(10));
    manager.lookAgain(id, "before the sign-off");
    time.advance(Duration.ofMinutes(10));
    manager.stop(id, "a break");
    time.advance(Duration.ofMinutes(10));
    manager.cancel(id, "the end");
    time.advance(Duration.ofMinutes(10));
    assertEquals("CANCELLED", manager.onboarding(id).at("/onboarding/state").asText());
    // RetentionDays and a little: what is personal is announced to go, and goes.
    time.advance(Duration.ofDays(32));
  }

  /** While every section waits for what nobody has given yet. */
  private static void stopAnEnterprise(LocalSlipway slipway) throws InterruptedException {
    SlipwayApi anybody = slipway.callers().as(Role.MANAGER, null);
    String id =
        anybody
            .create("enterprise-environment", "Waits Ltd", "key-enterprise")
            .at("/onboarding/id")
            .asText();
    SlipwayApi manager = slipway.callers().as(Role.MANAGER, id);
    manager.start(id, manager.plan(id).path("hash").asText());
    var time = slipway.runtime().time().simulation().orElseThrow();
    time.advance(Duration.ofMinutes(10));
    endSectionEarly(slipway, "EnterpriseEnvironmentInfrastructure");
    time.advance(Duration.ofMinutes(10));
    manager.stop(id, "a break");
    time.advance(Duration.ofMinutes(10));
  }

  private static void putBackWhatWasChanged(SlipwayApi manager, String id) {
    List<String> answers = new ArrayList<>();
    for (String task : manager.onboarding(id).findValuesAsText("task")) {
      try {
        manager.putBack(id, task, "the old one after all");
        return;
      } catch (ApiProblem e) {
        answers.add(e.getMessage());
      }
    }
    fail("nothing was changed that could be put back: " + answers);
  }

  private static SfnClient console(LocalSlipway slipway) {
    return SfnClient.builder()
        .endpointOverride(slipway.runtime().awsUri())
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(operator(slipway))
        .build();
  }

  private static StaticCredentialsProvider operator(LocalSlipway slipway) {
    var key = slipway.runtime().operatorKey();
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
  }

  private static void scheduleDeletion(LocalSlipway slipway, String secret) {
    try (var client =
        SecretsManagerClient.builder()
            .endpointOverride(slipway.runtime().awsUri())
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(operator(slipway))
            .build()) {
      client.deleteSecret(r -> r.secretId(secret).recoveryWindowInDays(7L));
    }
  }

  /** As somebody in the console could. */
  private static void endSectionEarly(LocalSlipway slipway, String section) {
    var machine = slipway.runtime().template().stateMachine(section).orElseThrow();
    try (var client = console(slipway)) {
      client
          .listExecutions(
              r -> r.stateMachineArn(machine.arn()).statusFilter(ExecutionStatus.RUNNING))
          .executions()
          .forEach(one -> client.stopExecution(r -> r.executionArn(one.executionArn())));
    }
  }

  /** No section of hosting-provider fans out. */
  private static void fanOut(LocalSlipway slipway, String id, int run) {
    var event =
        Json.MAPPER
            .createObjectNode()
            .put("onboardingId", id)
            .put("run", run)
            .put("section", "technical-configuration");
    var fanOut = slipway.runtime().template().function("FanOut").orElseThrow();
    var result = slipway.runtime().functions().invoke(fanOut.arn(), event).join();
    assertEquals("{}", result.payload().toString());
  }

  private static List<String> unexplained(
      List<Grant> grants, List<String> lines, Template template) {
    Set<String> called =
        grants.stream().filter(Grant::used).map(Grant::owner).collect(Collectors.toSet());
    Set<String> owners = new TreeSet<>();
    template.functions().forEach(function -> owners.add(function.logicalId()));
    template.stateMachines().forEach(machine -> owners.add(machine.logicalId()));
    owners.removeAll(called);
    assertTrue(owners.remove(PAGES), "the pages have no rights");
    assertEquals(Set.of(), owners, "needed nothing: never called, or without any grant");
    return grants.stream()
        .filter(grant -> !grant.used())
        .filter(grant -> !explains(comment(lines, grant.line()), grant.action()))
        .filter(grant -> !neededOfAnother(grant, grants))
        .map(grant -> grant.owner() + ": " + grant.action() + " on " + grant.resource())
        .sorted()
        .toList();
  }

  /** Every section's machine is granted as its siblings are: one of them needed it. */
  private static boolean neededOfAnother(Grant grant, List<Grant> grants) {
    return grant.action().startsWith("states:")
        && grants.stream()
            .filter(Grant::used)
            .anyMatch(
                other ->
                    other.owner().equals(grant.owner())
                        && other.action().equals(grant.action())
                        && other.line() == grant.line());
  }

  /** Comments that explain nothing, for all that they name was needed. */
  private static List<String> needless(List<Grant> grants, List<String> lines) {
    Set<Integer> needed =
        grants.stream()
            .filter(grant -> !grant.used())
            .filter(grant -> explains(comment(lines, grant.line()), grant.action()))
            .map(Grant::line)
            .collect(Collectors.toSet());
    return grants.stream()
        .filter(grant -> comment(lines, grant.line()).contains(MARK))
        .filter(grant -> !needed.contains(grant.line()))
        .map(grant -> grant.owner() + ":" + comment(lines, grant.line()))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean explains(String comment, String action) {
    int mark = comment.indexOf(MARK);
    var service = action.substring(0, action.indexOf(':') + 1);
    return mark >= 0
        && (comment.indexOf(action, mark) >= 0 || comment.indexOf(service + "*", mark) >= 0);
  }

  /** The comment directly above a line. */
  private static String comment(List<String> lines, int line) {
    int at = line - 2;
    var text = new StringBuilder();
    while (at >= 0 && lines.get(at).strip().startsWith("#")) {
      text.insert(0, lines.get(at).strip().substring(1) + " ");
      at--;
    }
    return text.toString();
  }
}
