package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.iam.Permissions;
import dev.slipway.local.template.FunctionResource;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.StateMachineResource;
import dev.slipway.local.template.Template;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the roles of the project's own template must not allow. */
class RolesTest {
  /** Alone may delete, and only what the end of an onboarding leaves. */
  private static final String ERASER = "EraseOnboarding";

  private final Template template =
      Template.read(
          ProjectRoot.find().resolve("template.yaml"),
          Stack.local("slipway", Map.of("JwtIssuer", "http://127.0.0.1")));
  private final Permissions permissions = new Permissions(template);
  private final String table = template.tables().getFirst().arn();

  private boolean may(String owner, Access access) {
    try {
      permissions.require(new Caller("", owner), access);
      return true;
    } catch (AwsException denied) {
      assertEquals("AccessDeniedException", denied.code());
      assertEquals(400, denied.status());
      return false;
    }
  }

  private boolean may(String owner, String action, String resource) {
    return may(owner, new Access(action, resource));
  }

  private static String secret(String system) {
    return "arn:aws:secretsmanager:us-east-1:000000000000:secret:slipway/01J/%s-AbC123"
        .formatted(system);
  }

  private List<String> functions() {
    return template.functions().stream().map(FunctionResource::logicalId).toList();
  }

  @Test
  void saysInAwsWordsWhatIsNotGranted() {
    var access =
        new Access(
            "secretsmanager:GetSecretValue", secret("docker"), "slipway/01J/docker", Map.of());
    var denied =
        assertThrows(
            AwsException.class,
            () ->
                permissions.require(new Caller("", "TechnicalConfigurationConfigureSmtp"), access));
    assertEquals(
        "User: arn:aws:sts::000000000000:assumed-role/"
            + "slipway-TechnicalConfigurationConfigureSmtpRole/"
            + "slipway-TechnicalConfigurationConfigureSmtp is not authorized to perform:"
            + " secretsmanager:GetSecretValue on resource: slipway/01J/docker because no"
            + " identity-based policy allows the secretsmanager:GetSecretValue action",
        denied.getMessage());
    assertEquals(List.of(denied.getMessage()), permissions.refusals());
  }

  @Test
  void readsNoOtherSystemsSecret() {
    assertTrue(
        may(
            "TechnicalConfigurationConfigureSmtp",
            "secretsmanager:GetSecretValue",
            secret("smtp")));
    assertFalse(
        may(
            "TechnicalConfigurationConfigureSmtp",
            "secretsmanager:GetSecretValue",
            secret("backup")));
    assertFalse(
        may(
            "TechnicalConfigurationSetUpMonitoring",
            "secretsmanager:GetSecretValue",
            secret("platform")));
    // Without its random end, as a secret that does not exist.
    assertFalse(
        may(
            "TechnicalConfigurationConfigureSmtp",
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:us-east-1:000000000000:secret:slipway/01J/smtp"));
  }

  @Test
  void storesCredentialsWithoutReadingThem() {
    assertTrue(may("StoreCredential", "secretsmanager:PutSecretValue", secret("smtp")));
    for (var system : List.of("platform", "smtp", "docker", "test-customer")) {
      assertFalse(may("StoreCredential", "secretsmanager:GetSecretValue", secret(system)));
    }
    for (var function : functions()) {
      assertEquals(
          Set.of("StoreCredential", "StoreAsGuest").contains(function),
          may(function, "secretsmanager:PutSecretValue", secret("smtp")),
          function);
    }
  }

  @Test
  void leavesTaskTokensToWake() {
    for (var machine : template.stateMachines()) {
      for (var function : everybody()) {
        for (var action : List.of("states:SendTaskSuccess", "states:SendTaskFailure")) {
          assertEquals(function.equals("Wake"), may(function, action, machine.arn()), function);
        }
        assertFalse(may(function, "states:SendTaskHeartbeat", machine.arn()), function);
      }
    }
  }

  /** By what functions and state machines call: logical ids and ARNs. */
  private List<String> everybody() {
    return Stream.concat(
            functions().stream(), template.stateMachines().stream().map(StateMachineResource::arn))
        .toList();
  }

  private static String resource(String task) {
    return Stream.of(task.split("[.-]"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  @Test
  void readsTheSecretsOfItsOwnSystemsOnly() {
    for (var system :
        List.of("platform", "smtp", "docker", "test-customer", "monitoring", "backup", "billing")) {
      var readers =
          everybody().stream()
              .filter(one -> may(one, "secretsmanager:GetSecretValue", secret(system)))
              .collect(Collectors.toSet());
      var namesakes =
          new Checklists()
              .newest("hosting-provider")
              .tasks()
              .filter(task -> task.credentials().contains(system) && !task.planned())
              .map(task -> resource(task.id()))
              .collect(Collectors.toSet());
      assertEquals(namesakes, readers, system);
    }
    for (var one : everybody()) {
      assertFalse(may(one, "secretsmanager:GetSecretValue", secret("else")), one);
      assertFalse(may(one, "secretsmanager:ListSecrets", "*"), one);
      assertFalse(may(one, "secretsmanager:BatchGetSecretValue", "*"), one);
    }
  }

  @Test
  void deletesNothingButAtTheEndOfAnOnboarding() {
    for (var function : everybody()) {
      for (var action :
          List.of(
              "dynamodb:DeleteItem",
              "dynamodb:BatchWriteItem",
              "dynamodb:DeleteTable",
              "dynamodb:Scan",
              "dynamodb:PartiQLDelete")) {
        assertEquals(
            function.equals(ERASER) && action.equals("dynamodb:DeleteItem"),
            may(function, action, table),
            function + " " + action);
      }
      // Moves META's version; whoever may move it may write whole items anyway.
      assertTrue(
          !may(function, "dynamodb:UpdateItem", table) || may(function, "dynamodb:PutItem", table),
          function);
      assertEquals(
          function.equals(ERASER),
          may(function, "secretsmanager:DeleteSecret", secret("smtp")),
          function);
      assertFalse(
          may(function, "states:DeleteStateMachine", template.stateMachines().getFirst().arn()),
          function);
      assertFalse(
          may(function, "kms:ScheduleKeyDeletion", template.keys().getFirst().arn()), function);
      assertFalse(may(function, "dynamodb:Scan", table + "/index/signals"), function);
      assertFalse(may(function, "logs:DeleteLogGroup", "*"), function);
    }
  }

  @Test
  void signsOnlyReportsAndOnlyAtTheSignOff() {
    var key = template.keys().getFirst().arn();
    var digest = Map.of("kms:MessageType", "DIGEST", "kms:SigningAlgorithm", "ECDSA_SHA_256");
    for (var function : functions()) {
      assertEquals(
          function.equals("SignOff"),
          may(function, new Access("kms:Sign", key, key, digest)),
          function);
    }
    var raw = Map.of("kms:MessageType", "RAW", "kms:SigningAlgorithm", "ECDSA_SHA_256");
    assertFalse(may("SignOff", new Access("kms:Sign", key, key, raw)));
    assertFalse(may("SignOff", "kms:Sign", key));
  }

  @Test
  void letsStateMachinesInvokeOnlyTheirOwn() {
    var section =
        template.stateMachine("HostingProviderTechnicalConfiguration").orElseThrow().arn();
    var wake = template.function("Wake").orElseThrow().arn();
    var gate = template.function("SectionGate").orElseThrow().arn();
    assertTrue(may(section, "lambda:InvokeFunction", gate));
    assertFalse(may(section, "lambda:InvokeFunction", wake));
    assertFalse(may(section, "states:StartExecution", section));
  }

  @Test
  void letsOperatorsDoEverything() {
    assertDoesNotThrow(
        () ->
            permissions.require(
                new Caller("", "operator"), new Access("dynamodb:DeleteTable", table)));
  }
}
