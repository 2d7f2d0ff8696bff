package dev.slipway.local.lint;

import static dev.slipway.local.lint.ProjectCopy.CHECKLIST;
import static dev.slipway.local.lint.ProjectCopy.HEAD;
import static dev.slipway.local.lint.ProjectCopy.LOCK;
import static dev.slipway.local.lint.ProjectCopy.ONBOARDING;
import static dev.slipway.local.lint.ProjectCopy.SECTION;
import static dev.slipway.local.lint.ProjectCopy.TEMPLATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lint finds nothing in the project, and each mistake in a copy that has it. */
final class LintTest {
  private static final String HANDLERS = "dev.slipway.hostingprovider.technicalconfiguration.";

  @TempDir private Path folder;
  private ProjectCopy copy;

  @BeforeEach
  void copy() throws IOException {
    copy = ProjectCopy.into(folder);
  }

  @Test
  void findsNothingInTheProject() {
    assertEquals(List.of(), Lint.run(ProjectCopy.project()));
  }

  @Test
  void findsNothingInAFaithfulCopy() {
    assertEquals(List.of(), copy.lintWithLock());
  }

  // --- ids, references, texts

  @Test
  void aTaskThatIsThereTwice() throws IOException {
    int line = copy.replace(CHECKLIST, "tasks:", "- id: add-external-ips", "- id: configure-smtp");
    copy.assertFound("duplicate-id", CHECKLIST, line, "task `configure-smtp`");
  }

  @Test
  void aRowThatIsThereTwice() throws IOException {
    int line = copy.replace(CHECKLIST, "- id: add-external-ips", "row: V02", "row: V01");
    copy.assertFound("duplicate-id", CHECKLIST, line, "row V01");
  }

  @Test
  void anElementThatIsThereTwice() throws IOException {
    int line = copy.replace(CHECKLIST, "elements:", "- id: mail-server", "- id: activities");
    copy.assertFound("duplicate-id", CHECKLIST, line, "element `activities`");
  }

  @Test
  void aStateThatIsThereTwice() throws IOException {
    copy.replace(SECTION, "\"Branches\"", "\"AddExternalIps\": {", "\"ConfigureSmtp\": {");
    copy.assertFound("duplicate-id", SECTION, "state `ConfigureSmtp`");
  }

  @Test
  void aKeyThatIsThereTwice() throws IOException {
    int line = copy.replace(CHECKLIST, "- id: configure-smtp", "row: V01", "id: other");
    copy.assertFound("unreadable", CHECKLIST, line, "`id` stands twice");
  }

  @Test
  void anElementThatNobodyGives() throws IOException {
    int line =
        copy.replace(CHECKLIST, "- id: configure-smtp", "mail-server, test-mailbox", "mail-sever");
    copy.assertFound("unknown-reference", CHECKLIST, line, "no element `mail-sever`");
  }

  @Test
  void aCredentialThatNobodyGives() throws IOException {
    int line =
        copy.replace(CHECKLIST, "- id: configure-smtp", "[platform, smtp]", "[platform, smtps]");
    copy.assertFound("unknown-reference", CHECKLIST, line, "no credential `smtps`");
  }

  @Test
  void aDependencyThatIsNoTask() throws IOException {
    int line =
        copy.replace(CHECKLIST, "- id: configure-smtp", ".check-platform]", ".check-platfrom]");
    copy.assertFound(
        "unknown-reference", CHECKLIST, line, "technical-configuration.check-platfrom");
  }

  @Test
  void aNewestVersionThatIsNotThere() throws IOException {
    copy.replace(ProjectReader.CHECKLISTS + "index.yaml", "newest", "1.0.0", "2.0.0");
    copy.assertFound("unknown-reference", ProjectReader.CHECKLISTS + "index.yaml", "`2.0.0`");
  }

  @Test
  void aTaskWithoutGuidance() throws IOException {
    copy.replace(CHECKLIST, "- id: configure-smtp", "guidance:", "documentation2:");
    copy.assertFound("missing-text", CHECKLIST, "has no `guidance`");
  }

  @Test
  void aStepWithoutInstructions() throws IOException {
    copy.replace(CHECKLIST, "- id: probe-mail-server", "instructions:", "title2:");
    copy.assertFound("missing-text", CHECKLIST, "step `probe-mail-server`");
  }

  @Test
  void aPatternThatIsNoneInUnicodeMode() throws IOException {
    int line = copy.replace(CHECKLIST, "- id: platform", "pattern: '^(", "pattern: '^(\\-");
    copy.assertFound("no-pattern", CHECKLIST, line, "Invalid escape");
  }

  @Test
  void aKeywordThatFormsDoNotKnow() throws IOException {
    int line = copy.replace(CHECKLIST, "- id: platform", "maxLength: 249", "longest: 249");
    copy.assertFound("unknown-keyword", CHECKLIST, line, "forms do not know `longest`");
  }

  @Test
  void anAnnotationThatFormsDoNotKnow() throws IOException {
    int line =
        copy.replace(CHECKLIST, "- id: confirm-receipt", "x-slipway-labels:", "x-slipway-label:");
    copy.assertFound("unknown-keyword", CHECKLIST, line, "forms do not know `x-slipway-label`");
  }

  @Test
  void aPatternThatNobodyIsToldOf() throws IOException {
    copy.replace(CHECKLIST, "- id: test-mailbox", "x-slipway-wrong:", "default:");
    copy.assertFound("unexplained-pattern", CHECKLIST, "what the pattern asks for");
  }

  @Test
  void aCredentialWhoseSecretWouldBeShown() throws IOException {
    copy.replace(CHECKLIST, "- id: smtp\n", "writeOnly: true", "default: none");
    copy.assertFound("open-secret", CHECKLIST, "the credential `smtp`");
  }

  @Test
  void aSecretThatIsAskedForAsAValue() throws IOException {
    int line = copy.replace(CHECKLIST, "- id: confirm-receipt", "uniqueItems:", "writeOnly:");
    copy.assertFound("unknown-keyword", CHECKLIST, line, "only a credential has fields");
  }

  @Test
  void aFieldThatNobodyReads() throws IOException {
    int line = copy.replace(CHECKLIST, "- id: configure-smtp", "requirement:", "requierment:");
    copy.assertFound("unreadable", CHECKLIST, line, "`requierment`; the keys are ");
  }

  @Test
  void aSharedDefinitionThatIsNotThere() throws IOException {
    copy.replace(CHECKLIST, "- id: mail-server", "$shared: host", "$shared: hots");
    copy.assertFound("unreadable", CHECKLIST, "no definition `hots`");
  }

  @Test
  void aSectionThatTheHeadDoesNotName() throws IOException {
    copy.write(ProjectCopy.VERSION + "more.yaml", "id: more\n");
    copy.assertFound("unreadable", HEAD, "more.yaml");
  }

  // --- cycles and conditions

  @Test
  void tasksThatWaitForEachOther() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: check-platform",
            "inputs: [platform]",
            "dependsOn: [technical-configuration.configure-smtp]");
    copy.assertFound(
        "cycle", CHECKLIST, line, "check-platform → technical-configuration.configure-smtp");
  }

  @Test
  void anElementAskedForOnlyWhenItIsGiven() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: external-ip-ranges",
            "condition: activities.externalIps",
            "condition: $exists(`external-ip-ranges`.ranges)");
    copy.assertFound("cycle", CHECKLIST, line, "asked for only when it was given");
  }

  @Test
  void aConditionThatIsNoJsonata() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: add-external-ips",
            "chosenBy: activities.externalIps",
            "chosenBy: activities.externalIps and");
    copy.assertFound("condition-not-evaluable", CHECKLIST, line, "is no JSONata");
  }

  @Test
  void aConditionThatAnswersNoTruth() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: add-external-ips",
            "chosenBy: activities.externalIps",
            "chosenBy: platform.domain");
    copy.assertFound("condition-not-evaluable", CHECKLIST, line, "neither true nor false");
  }

  @Test
  void aConditionOverAnElementThatNobodyGives() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: add-external-ips",
            "chosenBy: activities.externalIps",
            "chosenBy: activites.externalIps");
    copy.assertFound("unknown-reference", CHECKLIST, line, "no element `activites`");
  }

  @Test
  void aConditionWithAValueThatTheSchemaRefuses() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: backup\n",
            "condition: >-\n"
                + "      activities.backuper and `backup-storage`.protocol in [\"s3\", \"webdav\"]",
            "condition: >-\n      activities.backuper and `backup-storage`.protocol = \"ftp\"");
    copy.assertFound("condition-never-holds", CHECKLIST, line, "ftp");
  }

  @Test
  void aConditionOverAFieldThatTheSchemaLacks() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: add-external-ips",
            "chosenBy: activities.externalIps",
            "chosenBy: activities.externalIPs");
    copy.assertFound("condition-never-holds", CHECKLIST, line, "externalIPs");
  }

  @Test
  void aConditionOutsideANumbersBounds() throws IOException {
    int line =
        copy.replace(
            CHECKLIST,
            "- id: add-external-ips",
            "chosenBy: activities.externalIps",
            "chosenBy: uploader.sizeGb > 3000");
    copy.assertFound("condition-never-holds", CHECKLIST, line, "3000");
  }

  @Test
  void conditionsThatHold() throws IOException {
    for (String condition :
        List.of(
            "uploader.sizeGb >= 3000",
            "`mail-server`.port != 587 and `mail-server`.encryption = 'SSMTP'",
            "platform.domain = 'paas.example.com'",
            "monitoring.system = 'other'",
            "$exists(`external-ip-ranges`.ranges[private])",
            "$count(`external-ip-ranges`.ranges) = 1",
            "$not(activities.emails) and uploader.protocol in ['nfs', 'smb']")) {
      copy = ProjectCopy.into(folder.resolve("copy-" + condition.hashCode()));
      copy.replace(
          CHECKLIST,
          "- id: add-external-ips",
          "chosenBy: activities.externalIps",
          "chosenBy: \"" + condition + "\"");
      assertEquals(List.of(), copy.lint(), condition);
    }
  }

  // --- the lock

  @Test
  void aReleasedVersionThatChanged() throws IOException {
    copy.write(LOCK, copy.lockLines());
    copy.replace(CHECKLIST, "row: V01", "Configure the mail server", "Configure mail");
    List<LintFinding> found = copy.lintWithLock();
    assertEquals(
        List.of("released-version-changed"), found.stream().map(LintFinding::rule).toList());
  }

  @Test
  void aReleasedVersionThatIsGone() throws IOException {
    copy.write(LOCK, copy.lockLines() + "hosting-provider/0.9.0: 0000\n");
    assertTrue(
        copy.lintWithLock().stream().anyMatch(finding -> finding.message().contains("is gone")));
  }

  @Test
  void aNewestVersionThatIsNotLocked() throws IOException {
    copy.write(LOCK, "hosting-provider/0.9.0: 0000\n");
    copy.assertFound("version-not-locked", HEAD, "add the line");
  }

  // --- the five places

  @Test
  void aTaskWithoutState() throws IOException {
    removeBranch("ConfigureSmtp");
    copy.assertFound("missing-state", CHECKLIST, "technical-configuration.configure-smtp");
  }

  @Test
  void aTaskWithoutResource() throws IOException {
    copy.replace(
        TEMPLATE,
        "  TechnicalConfigurationConfigureSmtp:",
        "TechnicalConfigurationConfigureSmtp",
        "Other");
    copy.assertFound("missing-resource", CHECKLIST, "`TechnicalConfigurationConfigureSmtp`");
    copy.assertFound("orphan-resource", TEMPLATE, "`Other`");
  }

  @Test
  void aTaskWithoutHandler() {
    copy.removeHandler(HANDLERS + "ConfigureSmtp");
    copy.assertFound("missing-handler", CHECKLIST, HANDLERS + "ConfigureSmtp");
  }

  @Test
  void aRouteWithoutHandler() {
    copy.removeHandler("dev.slipway.api.Read");
    copy.assertFound("missing-handler", TEMPLATE, "dev.slipway.api.Read");
  }

  @Test
  void aTaskWithoutEvent() throws IOException {
    copy.delete("events/tasks/technical-configuration.configure-smtp.json");
    copy.assertFound("missing-event", CHECKLIST, "technical-configuration.configure-smtp.json");
  }

  @Test
  void aRouteWithoutEvent() throws IOException {
    copy.delete("events/api/GetPlan.json");
    copy.assertFound("missing-event", TEMPLATE, "events/api/GetPlan.json");
  }

  @Test
  void aSectionWithoutGate() throws IOException {
    copy.replace(SECTION, "\"Gate\": {", "technical-configuration.gate", "other.gate");
    copy.assertFound("missing-state", SECTION, "no gate");
    copy.assertFound("orphan-state", SECTION, "other.gate");
  }

  @Test
  void aSectionThatCannotBeResumed() throws IOException {
    copy.replace(ONBOARDING, "Resume", "technical-configuration.resume", "go-live.resume");
    copy.assertFound("missing-state", CHECKLIST, "resume section `technical-configuration`");
  }

  @Test
  void aSectionWithoutMachine() throws IOException {
    copy.delete(SECTION);
    copy.assertFound("missing-state", CHECKLIST, SECTION);
  }

  @Test
  void aStateWithoutTask() throws IOException {
    copy.replace(
        SECTION,
        "\"ConfigureSmtp\": {",
        "technical-configuration.configure-smtp",
        "technical-configuration.configure-mail");
    copy.assertFound("orphan-state", SECTION, "configure-mail");
  }

  @Test
  void aHandlerWithoutTask() {
    copy.addHandler(HANDLERS + "ConfigureMail");
    copy.assertFound(
        "orphan-handler",
        "functions/src/main/java/" + HANDLERS.replace('.', '/') + "ConfigureMail.java",
        "no version of checklist");
  }

  @Test
  void anEventWithoutTask() throws IOException {
    String event = "events/tasks/technical-configuration.configure-mail.json";
    copy.write(event, "{\"task\": \"technical-configuration.configure-mail\"}");
    copy.assertFound("orphan-event", event, "nothing receives");
  }

  @Test
  void anEventOfAnotherTask() throws IOException {
    String event = "events/tasks/technical-configuration.configure-smtp.json";
    copy.replace(event, "\"task\"", "configure-smtp", "check-platform");
    copy.assertFound("wrong-name", event, "configure-smtp");
  }

  @Test
  void aPlannedTaskIsExempt() throws IOException {
    removeBranch("ConfigureSmtp");
    copy.removeHandler(HANDLERS + "ConfigureSmtp");
    copy.delete("events/tasks/technical-configuration.configure-smtp.json");
    copy.replace(
        TEMPLATE,
        "DefinitionUri: statemachines/hosting-provider/technical-configuration",
        "        TechnicalConfigurationConfigureSmtpFunctionArn: !GetAtt"
            + " TechnicalConfigurationConfigureSmtp.Arn\n",
        "");
    copy.replace(
        TEMPLATE,
        "\n  TechnicalConfigurationConfigureSmtp:",
        "Type: AWS::Serverless::Function",
        "Type: AWS::Lambda::Function");
    copy.replace(CHECKLIST, "row: V01", "requirement:", "planned: true\n    requirement:");
    assertEquals(List.of(), copy.lint());
  }

  @Test
  void aBuiltTaskThatIsStillPlanned() throws IOException {
    copy.replace(CHECKLIST, "row: V01", "requirement:", "planned: true\n    requirement:");
    copy.assertFound("built-but-planned", CHECKLIST, "configure-smtp");
  }

  @Test
  void aWrongHandler() throws IOException {
    copy.replace(
        TEMPLATE,
        "\n  TechnicalConfigurationConfigureSmtp:",
        HANDLERS + "ConfigureSmtp",
        HANDLERS + "CheckPlatform");
    copy.assertFound("wrong-name", TEMPLATE, HANDLERS + "ConfigureSmtp");
  }

  @Test
  void aPlaceholderThatIsNotFilledIn() throws IOException {
    copy.replace(
        TEMPLATE,
        "DefinitionSubstitutions",
        "        SectionGateFunctionArn: !GetAtt SectionGate.Arn\n",
        "");
    copy.assertFound("missing-resource", SECTION, "${SectionGateFunctionArn}");
  }

  @Test
  void aPlaceholderFilledInWrongly() throws IOException {
    copy.replace(
        TEMPLATE,
        "DefinitionSubstitutions",
        "SectionGateFunctionArn: !GetAtt SectionGate.Arn",
        "SectionGateFunctionArn: !GetAtt ResumeSection.Arn");
    copy.assertFound("wrong-name", TEMPLATE, "!GetAtt SectionGate.Arn");
  }

  @Test
  void aMachineThatNothingRuns() throws IOException {
    copy.replace(TEMPLATE, "DefinitionUri", "onboarding.asl.json", "other.asl.json");
    copy.assertFound("missing-resource", ONBOARDING, "no state machine");
  }

  // --- the form and order of states

  @Test
  void aStateThatWaitsForGood() throws IOException {
    copy.replace(SECTION, "\"ConfigureSmtp\": {", "\"TimeoutSeconds\": 2592000,", "");
    copy.assertFound("state-form", SECTION, "no TimeoutSeconds");
  }

  @Test
  void aStateThatDoesNotWait() throws IOException {
    copy.replace(SECTION, "\"ConfigureSmtp\": {", ".waitForTaskToken", "");
    copy.assertFound("state-form", SECTION, "must wait for its token");
  }

  @Test
  void aPayloadWithData() throws IOException {
    copy.replace(
        SECTION,
        "\"ConfigureSmtp\": {",
        "\"entered\"",
        "\"domain\": \"{% $domain %}\",\n\"entered\"");
    copy.assertFound("state-form", SECTION, "names only, not `domain`");
  }

  @Test
  void aPayloadWithoutTheOrderOfAttempts() throws IOException {
    copy.replace(SECTION, "\"ConfigureSmtp\": {", "State.RetryCount", "State.Name");
    copy.assertFound("state-form", SECTION, "`retry` must be");
  }

  @Test
  void aRecheckThatIsNotRetriedFirst() throws IOException {
    copy.replace(SECTION, "\"ConfigureSmtp\": {", "Slipway.Recheck", "Slipway.Reckech");
    copy.assertFound("state-form", SECTION, "Slipway.Recheck alone");
  }

  @Test
  void aRetrierThatIsNotOfTheForm() throws IOException {
    copy.replace(SECTION, "\"ConfigureSmtp\": {", "\"MaxAttempts\": 100,", "\"MaxAttempts\": 99,");
    copy.assertFound(
        "state-form", SECTION, "retrier 3 of `ConfigureSmtp` must be for Slipway.Unav");
  }

  @Test
  void aCatchThatNoStateHas() throws IOException {
    copy.replace(
        SECTION,
        "\"ConfigureSmtp\": {",
        "\"Retry\"",
        "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"Completed\"}], \"Retry\"");
    copy.assertFound("state-form", SECTION, "`ConfigureSmtp` must have no catcher 1");
  }

  @Test
  void aSectionWhoseEndIsCaughtByAnother() throws IOException {
    copy.replace(
        ONBOARDING,
        "\"PlatformCustomization\": {",
        "\"Next\": \"ResumePlatformCustomization\"",
        "\"Next\": \"ResumeTechnicalConfiguration\"");
    copy.assertFound("state-form", ONBOARDING, "catcher 1 of `PlatformCustomization`");
  }

  @Test
  void aSectionThatNobodyStarts() throws IOException {
    copy.replace(
        ONBOARDING,
        "\"TechnicalConfiguration\": {",
        "${TechnicalConfigurationStateMachineArn}",
        "${PlatformCustomizationStateMachineArn}");
    copy.assertFound(
        "missing-state", CHECKLIST, "does not start section `technical-configuration`");
  }

  @Test
  void aMachineThatMayNotInvokeWhatItCalls() throws IOException {
    copy.replace(
        TEMPLATE,
        "  HostingProviderTechnicalConfiguration:",
        "                - !GetAtt TechnicalConfigurationConfigureSmtp.Arn\n",
        "");
    copy.assertFound(
        "grants", TEMPLATE, "lambda:InvokeFunction of `TechnicalConfigurationConfigureSmtp`");
  }

  @Test
  void aMachineThatMayNotStartASection() throws IOException {
    copy.replace(
        TEMPLATE,
        "Action: states:StartExecution",
        "                - !Ref HostingProviderGoLive\n",
        "");
    copy.assertFound("grants", TEMPLATE, "states:StartExecution of `HostingProviderGoLive`");
  }

  @Test
  void aSectionThatWakeMayNotAnswerOrStop() throws IOException {
    copy.replace(
        TEMPLATE,
        "Action: [states:SendTaskSuccess",
        "                - !Ref HostingProviderGoLive\n",
        "");
    copy.replace(
        TEMPLATE,
        "# Of a section that people stopped",
        "execution:${HostingProviderGoLive.Name}",
        "execution:${HostingProviderOnboarding.Name}");
    copy.assertFound("grants", TEMPLATE, "states:SendTaskSuccess of `HostingProviderGoLive`");
    copy.assertFound("grants", TEMPLATE, "states:StopExecution of `HostingProviderGoLive`");
  }

  @Test
  void anOnboardingThatWakeDoesNotKnow() throws IOException {
    copy.replace(TEMPLATE, "  Wake:", "SLIPWAY_ONBOARDING_HOSTING_PROVIDER", "SLIPWAY_ONBOARDING");
    copy.assertFound("missing-resource", TEMPLATE, "SLIPWAY_ONBOARDING_HOSTING_PROVIDER");
  }

  @Test
  void aLastRowThatLeavesAnotherOut() throws IOException {
    String goLive = ProjectCopy.VERSION + "go-live.yaml";
    copy.replace(
        goLive, "- id: hand-over", "      - technical-configuration.connect-backup-storage\n", "");
    copy.assertFound(
        "order", goLive, "after `technical-configuration.connect-backup-storage`: add that");
  }

  @Test
  void aChecklistThatNoOnboardingCanBeginWith() throws IOException {
    copy.write(ProjectReader.CHECKLISTS + "index.yaml", "{}\n");
    copy.assertFound("unknown-reference", HEAD, "index.yaml must name its `newest` version");
  }

  @Test
  void aSectionOfTwoChecklists() throws IOException {
    String other = ProjectReader.CHECKLISTS + "office/1.0.0/";
    copy.write(other + "checklist.yaml", "name: office\nversion: 1.0.0\nsections: [go-live]\n");
    copy.write(other + "go-live.yaml", "id: go-live\ntitle: Again\n");
    copy.assertFound("duplicate-id", other + "go-live.yaml", "checklist `hosting-provider` has");
  }

  @Test
  void aHandlerThatIsOnlyASkeleton() throws IOException {
    String file = "functions/src/main/java/" + HANDLERS.replace('.', '/') + "ConfigureSmtp.java";
    copy.write(file, "new UnmetRequirement(\"slipway.not-built\"");
    copy.assertFound("unfinished-handler", file, "a skeleton");
  }

  @Test
  void anotherTasksFunction() throws IOException {
    copy.replace(
        SECTION,
        "\"ConfigureSmtp\": {",
        "${TechnicalConfigurationConfigureSmtpFunctionArn}",
        "${TechnicalConfigurationCheckPlatformFunctionArn}");
    copy.assertFound("state-form", SECTION, "${TechnicalConfigurationConfigureSmtpFunctionArn}");
  }

  @Test
  void aMachineThatContradictsADependency() throws IOException {
    copy.replace(
        CHECKLIST,
        "- id: check-platform",
        "inputs: [platform]",
        "dependsOn: [technical-configuration.set-up-monitoring]");
    copy.replace(
        CHECKLIST, "- id: set-up-monitoring", "[technical-configuration.check-platform]", "[]");
    copy.assertFound("order", SECTION, "is reached only after it");
  }

  @Test
  void aMachineThatContradictsADependencyByAnother() throws IOException {
    // Add-external-ips waits for assign-docker-account, which stands in a branch of its own: well.
    // Behind it in the same branch it would never be reached.
    ObjectNode machine = (ObjectNode) Json.MAPPER.readTree(copy.read(SECTION));
    ArrayNode branches = (ArrayNode) machine.at("/States/ConfigurePlatform/Branches");
    ObjectNode first = branch(branches, "AddExternalIps");
    ObjectNode second = branch(branches, "AssignDockerAccount");
    ObjectNode state = (ObjectNode) first.at("/States/AddExternalIps");
    state.remove("End");
    state.put("Next", "AssignDockerAccount");
    ((ObjectNode) first.get("States"))
        .set("AssignDockerAccount", second.at("/States/AssignDockerAccount"));
    branches.remove(indexOf(branches, second));
    copy.write(SECTION, machine.toPrettyString());
    copy.assertFound("order", SECTION, "waits for `technical-configuration.assign-docker-account`");
  }

  @Test
  void aTaskInFrontOfTheGate() throws IOException {
    copy.replace(SECTION, "\"Start\"", "\"Next\": \"Gate\"", "\"Next\": \"CheckPlatform\"");
    copy.replace(
        SECTION, "\"CheckPlatform\": {", "\"Next\": \"ConfigurePlatform\"", "\"Next\": \"Gate\"");
    copy.replace(
        SECTION, "\"Gate\": {", "\"Next\": \"CheckPlatform\"", "\"Next\": \"ConfigurePlatform\"");
    copy.assertFound("order", SECTION, "check-platform` is not behind the gate");
  }

  // --- grants

  @Test
  void aSecretThatATaskDoesNotName() throws IOException {
    copy.replace(
        TEMPLATE, "\n  TechnicalConfigurationSetUpMonitoring:", "monitoring-??", "smtp-??");
    copy.assertFound("grants", TEMPLATE, "may read the secret `smtp`");
    copy.assertFound("grants", TEMPLATE, "may not read the secret `monitoring`");
  }

  @Test
  void aSecretOfEverySystem() throws IOException {
    copy.replace(TEMPLATE, "\n  TechnicalConfigurationSetUpMonitoring:", "monitoring-??????", "*");
    copy.assertFound("grants", TEMPLATE, "must end with");
  }

  @Test
  void anotherFunctionThatAnswersTokens() throws IOException {
    copy.replace(
        TEMPLATE,
        "\n  TechnicalConfigurationSetUpMonitoring:",
        "secretsmanager:GetSecretValue",
        "[secretsmanager:GetSecretValue, states:SendTaskSuccess]");
    copy.assertFound("grants", TEMPLATE, "only Wake may answer task tokens");
  }

  // ---

  private void removeBranch(String state) throws IOException {
    ObjectNode machine = (ObjectNode) Json.MAPPER.readTree(copy.read(SECTION));
    ArrayNode branches = (ArrayNode) machine.at("/States/ConfigurePlatform/Branches");
    branches.remove(indexOf(branches, branch(branches, state)));
    copy.write(SECTION, machine.toPrettyString());
  }

  private static ObjectNode branch(ArrayNode branches, String state) {
    for (JsonNode branch : branches) {
      if (branch.path("StartAt").asText().equals(state)) {
        return (ObjectNode) branch;
      }
    }
    throw new AssertionError("no branch " + state);
  }

  private static int indexOf(ArrayNode branches, JsonNode branch) {
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).equals(branch)) {
        return i;
      }
    }
    throw new AssertionError("no such branch");
  }
}
