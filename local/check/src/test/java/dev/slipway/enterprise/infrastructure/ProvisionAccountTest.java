package dev.slipway.enterprise.infrastructure;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ACCESS_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_MANAGEMENT;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ROLE;
import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_SECRET_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M06 on AWS, against the stand-ins of Organizations, Identity Center and Service Quotas. */
final class ProvisionAccountTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final String EMAIL = "infrastructure.uat.ownerEmail";
  private static final String TARGETS =
      """
      {"targets":{"mnohub":"hub.elb.amazonaws.com","connec":"connec.elb.amazonaws.com",
       "impac":"impac.elb.amazonaws.com","nex":"nex.elb.amazonaws.com",
       "frontend":"front.elb.amazonaws.com"}}""";

  private final SandboxControl control = SANDBOX.control();
  private final ProvisionAccount task = new ProvisionAccount(SANDBOX.context());
  private final Bench bench =
      new Bench("infrastructure.provision-account")
          .at("environment", "uat")
          .element("infrastructure", fresh("aws-uat@customer.example", ""))
          .element(
              "infrastructure-users",
              """
              [{"name":"Anna","surname":"Admin","email":"anna@customer.example","role":"admin"},
               {"name":"Ugo","surname":"User","email":"ugo@customer.example","role":"user"}]""")
          .secret("aws", "{\"roleArn\":\"%s\"}".formatted(AWS_ROLE));

  private static String fresh(String email, String more) {
    return """
        {"provider":"aws","account":"new","reach":"public"%s,
         "uat":{"region":"eu-central-1","ownerEmail":"%s"}}"""
        .formatted(more, email);
  }

  private static String existing(String account) {
    return """
        {"provider":"aws","account":"existing","reach":"public",
         "uat":{"region":"eu-central-1","account":"%s"}}"""
        .formatted(account);
  }

  private Bench answered() {
    return bench.answer("accept").answer("baseline", "engineer", TARGETS);
  }

  private void aws(String patch) {
    control.patchWorld("{\"aws\":%s}".formatted(patch));
  }

  private JsonNode aws() {
    return control.world().path("aws");
  }

  /** What there is of what the task makes: accounts, users, groups, memberships, assignments. */
  private List<Integer> made() {
    JsonNode center = aws().path("identityCenter");
    return Stream.concat(
            Stream.of(aws().path("accounts")),
            Stream.of("users", "groups", "memberships", "assignments").map(center::path))
        .map(JsonNode::size)
        .toList();
  }

  // --- a new account

  @Test
  void aNewAccountIsMadeWithItsUsersAndWaitsForPeopleOnly() {
    waitsFor("accept", bench.attempt(task));
    assertEquals(Party.VENDOR, waitsFor("baseline", bench.answer("accept").attempt(task)).party());

    String evidence = done(answered().attempt(task));

    assertEquals(List.of(2, 2, 2, 2, 2), made());
    assertEquals(1, control.count("aws", "CreateAccount"));
    assertEquals("01JTESTONBOARDING-uat", aws().path("accounts").path(1).path("Name").asText());
    assertTrue(evidence.contains("1 administrator(s) in slipway-uat-admins"), evidence);
    assertTrue(evidence.contains("Elastic IP addresses: 5, needed 3"), evidence);
    assertTrue(evidence.contains("made by this task"), evidence);
    assertFalse(evidence.contains(AWS_MANAGEMENT), evidence);
    done(bench.verify(task));
    assertEquals(List.of(2, 2, 2, 2, 2), made());
  }

  @Test
  void awsMakesAccountsInTheBackgroundAndIsAskedLessAndLessOften() {
    aws("{\"creation\":{\"looks\":4}}");
    for (int minutes : List.of(1, 2, 5, 10)) {
      Outcome.Waiting waiting = waitsFor(null, bench.attempt(task));
      assertEquals(
          minutes, Duration.between(bench.now(), waiting.until()).toMinutes(), waiting::toString);
      bench.after(Duration.ofMinutes(minutes));
    }
    waitsFor("accept", bench.attempt(task));
    assertEquals(1, control.count("aws", "CreateAccount"));
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL_ALREADY_EXISTS, aws.email-taken, infrastructure.uat.ownerEmail",
    "INVALID_EMAIL, aws.email-invalid, infrastructure.uat.ownerEmail",
    "ACCOUNT_LIMIT_EXCEEDED, aws.account-limit, infrastructure",
    "MISSING_PAYMENT_INSTRUMENT, aws.payment-missing, infrastructure",
    "INVALID_PAYMENT_INSTRUMENT, aws.payment-missing, infrastructure",
    "CONCURRENT_ACCOUNT_MODIFICATION, aws.busy, infrastructure",
    "INTERNAL_FAILURE, aws.busy, infrastructure",
    "FAILED_BUSINESS_VALIDATION, aws.failed-business-validation, infrastructure",
    "INVALID_ADDRESS, aws.invalid-address, infrastructure",
  })
  void eachReasonOfAwsIsToldOnceAndTheNextAttemptAsksAnew(
      String reason, String code, String field) {
    aws("{\"creation\":{\"failure\":\"%s\"}}".formatted(reason));
    failed(code, "aws", field, bench.attempt(task));
    failed(code, "aws", field, bench.attempt(task));
    assertEquals(2, control.count("aws", "CreateAccount"));

    aws("{\"creation\":{\"failure\":null}}");
    waitsFor("accept", bench.attempt(task));
    assertEquals(3, control.count("aws", "CreateAccount"));
    assertEquals(2, aws().path("accounts").size());
  }

  @Test
  void anAddressThatAnAccountElsewhereHasIsToldAndAnotherOneIsTaken() {
    aws("{\"takenEmails\":[\"AWS-UAT@customer.example\"]}");
    Problem problem = failed("aws.email-taken", "aws", EMAIL, bench.attempt(task));
    assertTrue(problem.nextStep().contains("no AWS account has"), problem::toString);

    bench.element("infrastructure", fresh("aws-uat-2@customer.example", ""));
    waitsFor("accept", bench.attempt(task));
    assertEquals(2, control.count("aws", "CreateAccount"));
  }

  @Test
  void theManagementAccountItselfIsNeverTakenForAnEnvironment() {
    bench.element("infrastructure", fresh("aws@customer.example", ""));
    failed("aws.email-taken", "aws", EMAIL, bench.attempt(task));
    assertEquals(0, control.count("aws", "CreateAccount"));
  }

  @Test
  void anAccountOfTheOrganizationWithTheAddressIsAdopted() {
    aws(
        """
        {"accounts":[{"Id":"111122223333","Email":"aws@customer.example","Status":"ACTIVE"},
          {"Id":"444455556666","Email":"AWS-uat@customer.example","Status":"ACTIVE"}]}""");
    String evidence = done(answered().attempt(task));
    assertEquals(0, control.count("aws", "CreateAccount"));
    assertTrue(evidence.contains("…6666, ACTIVE, which had the owner's address"), evidence);
    bench.putBack(task);
    assertEquals(2, aws().path("accounts").size());
  }

  @Test
  void aSuspendedAccountIsTold() {
    aws(
        "{\"accounts\":[{\"Id\":\"4\",\"Email\":\"aws-uat@customer.example\",\"Status\":\"SUSPENDED\"}]}");
    failed("aws.account-inactive", "aws", EMAIL, bench.attempt(task));
  }

  @Test
  void whatAwsIsTooBusyForIsAskedAgainAndMadeOnce() {
    control.fault(
        Fault.of("aws", "CreateAccount", 1, Fault.Kind.OK_WITH_ERROR)
            .withMessage("ConcurrentModificationException"));
    waitsFor("accept", bench.attempt(task));
    assertEquals(2, aws().path("accounts").size());
  }

  @Test
  void throttlingThatLastsEndsTheAttemptWhichIsRepeatedByItself() {
    control.fault(
        Fault.of("aws", "ListAccounts", 3, Fault.Kind.OK_WITH_ERROR)
            .withMessage("TooManyRequestsException"));
    Outcome outcome = bench.attempt(task);
    failed("aws.rate-limited", "aws", EMAIL, outcome);
    assertTrue(assertInstanceOf(Outcome.Failed.class, outcome).retryAt() != null);
  }

  @Test
  void withoutTheRightToMakeAccountsAPersonMakesItAndTheMachineLooks() {
    aws("{\"denied\":[\"organizations:CreateAccount\"]}");
    assertEquals(Party.VENDOR, waitsFor("account", bench.attempt(task)).party());
    Outcome.Waiting again = waitsFor("account", bench.answer("account").attempt(task));
    assertEquals("aws.account-missing", again.problem().code());

    aws(
        """
        {"accounts":[{"Id":"444455556666","Email":"aws-uat@customer.example","Status":"ACTIVE"}]}""");
    waitsFor("accept", bench.answer("account").attempt(task));
  }

  @Test
  void whereControlTowerGovernsTheCustomerMakesTheAccountInItsFactory() {
    bench.element("infrastructure", fresh("aws-uat@customer.example", ",\"controlTower\":true"));
    Outcome.Waiting waiting = waitsFor("account", bench.attempt(task));
    assertEquals(Party.CUSTOMER, waiting.party());
    assertTrue(waiting.instructions().contains("aws-uat@customer.example"), waiting::toString);
    assertEquals(0, control.count("aws", "CreateAccount"));

    aws(
        """
        {"accounts":[{"Id":"444455556666","Email":"aws-uat@customer.example","Status":"ACTIVE"}],
         "roles":{"arn:aws:iam::444455556666:role/AWSControlTowerExecution":{"externalId":""}}}""");
    done(answered().answer("account").attempt(task));
  }

  @Test
  void anAccountThatWasInvitedAndLacksTheRoleIsTold() {
    aws(
        """
        {"accounts":[{"Id":"444455556666","Email":"aws-uat@customer.example","Status":"ACTIVE",
          "JoinedMethod":"INVITED"}]}""");
    Problem problem = failed("aws.no-access", "aws", "credential:aws", bench.attempt(task));
    assertTrue(problem.message().contains("…6666"), problem::toString);
    assertTrue(problem.nextStep().contains("OrganizationAccountAccessRole"), problem::toString);
  }

  // --- killed at any place

  static Stream<String> calls() {
    return Stream.of(
        "CreateAccount",
        "CreateUser",
        "CreateGroup ",
        "CreateGroupMembership",
        "CreateAccountAssignment");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void whatWasMadeWhileTheAnswerWasLostIsNotMadeAgain(String call) {
    SANDBOX.loseAnswerOf("aws", call);
    answered();
    Outcome outcome = bench.attempt(task);
    for (int again = 0; again < 2 && !(outcome instanceof Outcome.Done); again++) {
      outcome = bench.attempt(task);
    }
    done(outcome);
    assertEquals(List.of(2, 2, 2, 2, 2), made());
    assertEquals(1, control.count("aws", "CreateAccount"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void whereverTheProcessDiesNothingIsMadeTwice(int notes) {
    answered().crashAfterNotes(notes);
    Outcome first = bench.attempt(task);
    done(first instanceof Outcome.Done ? first : bench.attempt(task));
    assertEquals(List.of(2, 2, 2, 2, 2), made());
    assertEquals(1, control.count("aws", "CreateAccount"));

    done(bench.putBack(task));
    assertEquals(List.of(2, 0, 0, 0, 0), made());
  }

  // --- users

  @Test
  void withoutIdentityCenterTheCustomerSwitchesItOn() {
    aws("{\"identityCenter\":{\"region\":null}}");
    Problem problem = failed("aws.sso-missing", "aws", "infrastructure", bench.attempt(task));
    assertTrue(problem.nextStep().startsWith("Switch IAM Identity Center on"), problem::toString);
  }

  @Test
  void identityCenterIsFoundInARegionOfItsOwn() {
    aws("{\"identityCenter\":{\"region\":\"eu-west-1\"}}");
    bench.element(
        "infrastructure", fresh("aws-uat@customer.example", ",\"identityRegion\":\"eu-west-1\""));
    waitsFor("accept", bench.attempt(task));
  }

  @Test
  void whoIsNamedOtherwiseNowChangesTheGroup() {
    done(answered().attempt(task));
    bench.element(
        "infrastructure-users",
        """
        [{"name":"Ugo","surname":"User","email":"ugo@customer.example","role":"admin"}]""");
    done(bench.answer("accept").attempt(task));
    assertEquals(List.of(2, 2, 2, 1, 2), made());
  }

  @Test
  void aStrangerInTheGroupOfAdministratorsIsToldAndLeftThere() {
    waitsFor("accept", bench.attempt(task));
    String group = aws().at("/identityCenter/groups/0/id").asText();
    aws(
        "{\"identityCenter\":{\"memberships\":[{\"id\":\"m\",\"group\":\"%s\",\"user\":\"stranger\"}]}}"
            .formatted(group));
    Problem problem =
        failed("aws.other-members", "aws", "infrastructure-users", bench.attempt(task));
    assertTrue(problem.message().contains("stranger"), problem::toString);
  }

  @Test
  void aPermissionSetThatIsMissingIsTold() {
    aws("{\"identityCenter\":{\"permissionSets\":[\"AdministratorAccess\"]}}");
    failed("aws.permission-set-missing", "aws", "infrastructure-users", bench.attempt(task));
  }

  @Test
  void usersThatAreNotWantedAreNotMade() {
    bench.element("infrastructure", fresh("aws-uat@customer.example", ",\"usersWanted\":false"));
    waitsFor("baseline", bench.attempt(task));
    assertEquals(0, control.count("aws", "ListInstances"));
  }

  // --- an existing account

  @Test
  void anExistingAccountIsLookedAtAndItsUsersAreMadeByAPerson() {
    aws("{\"identityCenter\":{\"region\":null}}");
    bench.element("infrastructure", existing(AWS_MANAGEMENT));
    assertEquals(Party.VENDOR, waitsFor("users", bench.attempt(task)).party());
    String evidence = done(answered().answer("users").attempt(task));
    assertTrue(evidence.contains("it exists: nothing was made"), evidence);
    assertTrue(evidence.contains("IAM Identity Center is not there"), evidence);
    assertEquals(0, control.count("aws", "CreateAccount"));
  }

  @Test
  void aCredentialOfAnotherAccountIsToldWithBothAccountsMasked() {
    bench.element("infrastructure", existing("444455556666"));
    Problem problem =
        failed("aws.wrong-account", "aws", "infrastructure.uat.account", bench.attempt(task));
    assertTrue(problem.message().contains("…3333, and not to …6666"), problem::toString);
  }

  @Test
  void aKeyDoesWhatARoleDoes() {
    bench.secret(
        "aws",
        "{\"accessKeyId\":\"%s\",\"secretAccessKey\":\"%s\"}"
            .formatted(AWS_ACCESS_KEY, AWS_SECRET_KEY));
    String evidence = done(answered().attempt(task));
    assertFalse(evidence.contains(AWS_SECRET_KEY) || bench.notes().contains(AWS_SECRET_KEY));
  }

  @Test
  void aRoleThatDoesNotTrustThisOnboardingIsTold() {
    aws("{\"roles\":{\"%s\":{\"externalId\":\"another-onboarding\"}}}".formatted(AWS_ROLE));
    Problem problem = failed("aws.not-permitted", "credential:aws", bench.attempt(task));
    assertTrue(problem.message().contains("external id 01JTESTONBOARDING"), problem::toString);
  }

  // --- quotas and base set-up

  @Test
  void aQuotaThatIsTooLowIsToldWithBothNumbers() {
    bench.answer("accept");
    aws("{\"quotas\":{\"L-1216C47A\":16}}");
    Problem problem = failed("aws.quota", "aws", "infrastructure.uat", bench.attempt(task));
    assertTrue(
        problem.message().contains("vCPUs of standard instances: 16, needed 32"),
        problem::toString);
  }

  @Test
  void quotasThatMayNotBeReadAreStated() {
    bench.answer("accept");
    aws("{\"denied\":[\"servicequotas:GetServiceQuota\"]}");
    assertEquals(Party.VENDOR, waitsFor("quotas", bench.attempt(task)).party());
    done(answered().answer("quotas").attempt(task));
  }

  @Test
  void aSharedAccountNeedsTwiceAsMuch() {
    bench
        .answer("accept")
        .element(
            "infrastructure",
            existing(AWS_MANAGEMENT).replace("\"reach\"", "\"sharedAccount\":true,\"reach\""));
    failed("aws.quota", "infrastructure.uat", bench.attempt(task));
  }

  @Test
  void aTargetThatDoesNotResolveIsAskedAgain() {
    bench.answer("accept").answer("baseline", "engineer", "{\"targets\":{\"mnohub\":\"a.b\"}}");
    Outcome.Waiting again = waitsFor("baseline", bench.attempt(task));
    assertEquals("infrastructure.target-unknown", again.problem().code());
    bench.answer(
        "baseline", "engineer", TARGETS.replace("hub.elb.amazonaws.com", "nowhere.hoster.example"));
    again = waitsFor("baseline", bench.attempt(task));
    assertEquals("targets.mnohub", again.problem().field());
    assertTrue(again.problem().message().contains("does not resolve"), again::toString);
  }

  // --- put back

  @Test
  void whatTheTaskMadeIsRemovedAndTheAccountIsListedAsLeftOver() {
    done(answered().attempt(task));
    String evidence = done(bench.putBack(task));
    assertEquals(List.of(2, 0, 0, 0, 0), made());
    assertTrue(evidence.contains("is left over: close it by hand"), evidence);
    done(bench.putBack(task));
  }

  @Test
  void whoWasThereBeforeStays() {
    aws(
        "{\"identityCenter\":{\"users\":[{\"id\":\"u-1\",\"name\":\"anna\",\"email\":\"anna@customer.example\"}]}}");
    done(answered().attempt(task));
    done(bench.putBack(task));
    assertEquals(List.of(2, 1, 0, 0, 0), made());
  }
}
