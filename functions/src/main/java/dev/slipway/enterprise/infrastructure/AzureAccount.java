package dev.slipway.enterprise.infrastructure;

import static dev.slipway.enterprise.infrastructure.ProvisionAccount.INFRASTRUCTURE;
import static dev.slipway.enterprise.infrastructure.ProvisionAccount.USERS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.systems.azure.AzureAccess;
import dev.slipway.systems.azure.AzureSession;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Azure subscription. A new one needs a billing scope that no application has, so that the owner
 * of the billing account makes it; the resource group in it is Slipway's. Users are made by the
 * vendor, because that takes rights in the directory; where their object ids are stated, their
 * roles on the subscription are given by machine.
 */
final class AzureAccount implements CloudAccount {
  private static final String SYSTEM = "azure";

  /** Azure built-in roles: Contributor and Reader. */
  private static final Map<String, String> ROLES =
      Map.of(
          "admin", "b24988ac-6180-42a0-ab88-20f7382dd24c",
          "user", "acdd72a7-3385-48ef-bd42-f606fba81ae7");

  private final Work work;
  private final HttpPort http;
  private final String environment;
  private final JsonNode infrastructure;
  private final boolean fresh;
  private final AzureAccess access;

  AzureAccount(Work work, HttpPort http) {
    this.work = work;
    this.http = http;
    this.environment = work.at("environment");
    this.infrastructure = work.element(INFRASTRUCTURE);
    this.fresh = infrastructure.path("account").asText().equals("new");
    this.access = AzureAccess.of(work.secret(SYSTEM, "resourceGroup", "cloud"));
  }

  @Override
  public void provide() {
    work.step("caller").field(INFRASTRUCTURE).machine(this::caller);
    subscription();
    work.step("access").field(INFRASTRUCTURE).machine(this::resourceGroup);
  }

  @Override
  public void provideUsers() {
    work.step("users").about(USERS).field(USERS).person(this::usersStated);
  }

  @Override
  public void compareQuotas() {
    // Azure's quotas are the subscription's contract: the base set-up tells whether they suffice.
  }

  @Override
  public void look() {
    work.proof(INFRASTRUCTURE, this::caller);
    subscription();
    work.proof(INFRASTRUCTURE, () -> group(session()));
  }

  @Override
  public void lookAtUsers() {
    provideUsers();
  }

  @Override
  public Finding putBack() {
    AzureSession azure = session();
    String left;
    if (work.remembered(Note.Kind.INTENT, "resource-group").isEmpty()) {
      left = "nothing had been made";
    } else if (azure.resourceGroup().isEmpty()) {
      left = "the resource group is gone";
    } else if (azure.resources().isEmpty()) {
      azure.deleteResourceGroup();
      left = "the resource group was empty, and is deleted";
    } else {
      left = "the resource group is left over, with " + azure.resources().size() + " resource(s)";
    }
    return new Finding("put back", azure.against(), left);
  }

  private void subscription() {
    if (fresh) {
      work.step("subscription")
          .about(INFRASTRUCTURE + "." + environment)
          .field(INFRASTRUCTURE)
          .person(said -> enabled(session(stated(said).orElseThrow(AzureAccount::noId))));
    } else {
      work.step("account").field(INFRASTRUCTURE).machine(() -> enabled(session()));
    }
  }

  private Finding caller() {
    AzureSession azure = AzureSession.open(http, access);
    int seen = azure.subscriptions().size();
    if (seen == 0 && !fresh) {
      throw new UnmetRequirement(
          "azure.no-role",
          SYSTEM,
          "credential:azure",
          "The application sees no subscription at all.",
          "Give the application the role Contributor on the subscription; then retry.");
    }
    return new Finding("GET /subscriptions", azure.against(), seen + " subscription(s)");
  }

  private static Finding enabled(AzureSession azure) {
    JsonNode subscription =
        azure
            .subscription()
            .orElseThrow(
                () ->
                    new UnmetRequirement(
                        "azure.no-role",
                        SYSTEM,
                        "credential:azure",
                        "The application does not see the subscription.",
                        "Correct the subscription's id, or give the application the role"
                            + " Contributor on it; then retry."));
    String state = subscription.path("state").asText();
    if (!state.equals("Enabled")) {
      throw new UnmetRequirement(
          "azure.subscription-disabled",
          SYSTEM,
          INFRASTRUCTURE,
          "The subscription is " + state + ".",
          "Have the owner of the billing account enable it; then retry.");
    }
    return new Finding("GET /subscriptions/{id}", azure.against(), "Enabled");
  }

  private Finding resourceGroup() {
    AzureSession azure = session();
    if (azure.resourceGroup().isEmpty()) {
      work.remember(Note.Kind.INTENT, "resource-group", Json.tree(work.now()));
      azure.createResourceGroup(
          infrastructure.path(environment).path("region").asText(),
          Map.of("slipway", work.onboarding() + "/" + environment));
    }
    return group(azure);
  }

  private Finding group(AzureSession azure) {
    return azure
        .resourceGroup()
        .map(
            found ->
                new Finding(
                    "GET …/resourcegroups/{group}",
                    azure.against(),
                    access.resourceGroup() + " is there, in " + found.path("location").asText()))
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "azure.group-missing",
                    SYSTEM,
                    "credential:azure",
                    "The resource group " + access.resourceGroup() + " is not there.",
                    "Retry, so that it is made again."));
  }

  private Finding usersStated(Answer statement) {
    JsonNode ids = statement.value("objectIds");
    return OptionalLook.take(
        "the statement of who made the users",
        () -> {
          AzureSession azure = session();
          List<String> given = new ArrayList<>();
          for (JsonNode user : work.element(USERS)) {
            String id = ids.path(user.path("email").asText()).asText();
            if (!id.isEmpty()) {
              azure.assignRole(id, ROLES.get(user.path("role").asText()));
              given.add(user.path("role").asText());
            }
          }
          return new Finding(
              "roleAssignments",
              azure.against(),
              given.isEmpty()
                  ? "no object ids were stated, so the roles rest on the statement"
                  : given.size() + " role(s) on the subscription");
        });
  }

  private AzureSession session() {
    String named = infrastructure.path(environment).path("account").asText();
    String id =
        fresh ? work.answer("subscription").flatMap(AzureAccount::stated).orElse("") : named;
    return session(id.isEmpty() ? access.subscriptionId() : id);
  }

  private AzureSession session(String subscription) {
    return AzureSession.open(http, access.in(subscription));
  }

  private static Optional<String> stated(Answer statement) {
    return Optional.of(statement.value("subscription").asText())
        .filter(id -> id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
  }

  private static UnmetRequirement noId() {
    return new UnmetRequirement(
        "azure.subscription-unknown",
        SYSTEM,
        "subscription",
        "The statement does not name the subscription.",
        "State its id, such as 11111111-2222-3333-4444-555555555555.");
  }
}
