package dev.slipway.enterprise.infrastructure;

import static dev.slipway.enterprise.infrastructure.ProvisionAccount.INFRASTRUCTURE;
import static dev.slipway.enterprise.infrastructure.ProvisionAccount.USERS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Party;
import dev.slipway.systems.aws.AwsAccess;
import dev.slipway.systems.aws.AwsIdentity;
import dev.slipway.systems.aws.AwsLogin;
import dev.slipway.systems.aws.AwsSession;
import dev.slipway.systems.aws.ServiceQuotas;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An AWS account: one that exists is looked at, a new one is made in the organization. The access
 * of the credential leads into the account itself, or into the organization's management account.
 */
final class AwsAccount implements CloudAccount {
  private static final String SYSTEM = "aws";
  private static final String TASK = "provision-account";

  /** So long after an account was made its role may still be on its way. */
  private static final Duration SETTLES = Duration.ofMinutes(15);

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Work work;
  private final String environment;
  private final JsonNode infrastructure;
  private final boolean fresh;
  private final AwsLogin login;
  private AwsSession entrance;
  private AccountCreation creation;

  AwsAccount(Work work, AwsLogin login) {
    this.work = work;
    this.login = login;
    this.environment = work.at("environment");
    this.infrastructure = work.element(INFRASTRUCTURE);
    this.fresh = infrastructure.path("account").asText().equals("new");
  }

  @Override
  public void provide() {
    work.step("caller").field(INFRASTRUCTURE).machine(this::caller);
    if (!fresh) {
      work.step("account")
          .field(INFRASTRUCTURE)
          .machine(() -> new Finding("account", "AWS", "it exists: nothing was made"));
      return;
    }
    account();
    work.step("access").field(INFRASTRUCTURE).machine(this::access);
  }

  private void account() {
    String email = creation().emailField();
    PersonStep account = work.step("account").about(email).field(email);
    if (infrastructure.path("controlTower").asBoolean()) {
      // Control Tower does not know an account that Organizations made.
      account
          .askedOf(Party.CUSTOMER)
          .material(creation().asAccountFactoryWantsIt())
          .person(() -> creation().look());
    } else {
      account.machine(() -> creation().ensure()).orPerson(() -> creation().look());
    }
  }

  @Override
  public void provideUsers() {
    work.step("users")
        .about(USERS)
        .field(USERS)
        .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
        .machine(() -> users().ensure())
        .orAttested();
  }

  @Override
  public void compareQuotas() {
    work.step("quotas")
        .about(INFRASTRUCTURE + "." + environment)
        .field(INFRASTRUCTURE)
        .machine(this::quotas)
        .orAttested();
  }

  @Override
  public void look() {
    work.proof(INFRASTRUCTURE, this::caller);
    if (fresh) {
      work.proof(creation().emailField(), () -> creation().look());
      work.proof(INFRASTRUCTURE, this::access);
    }
  }

  @Override
  public void lookAtUsers() {
    work.step("users")
        .about(USERS)
        .field(USERS)
        .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
        .machine(() -> users().look())
        .orAttested();
  }

  @Override
  public Finding putBack() {
    List<String> done = new ArrayList<>();
    if (infrastructure.path("usersWanted").asBoolean(true)) {
      done.addAll(users().remove());
    }
    if (fresh) {
      creation()
          .made()
          .ifPresent(
              account ->
                  done.add(
                      "the account "
                          + AwsAccess.masked(account)
                          + " is left over: close it by hand, which AWS can undo for 90 days"));
    }
    return new Finding(
        "put back", "AWS", done.isEmpty() ? "nothing had been made" : String.join("; ", done));
  }

  private Finding caller() {
    AwsIdentity caller = entrance().identity();
    String wanted = infrastructure.path(environment).path("account").asText();
    if (!fresh && !wanted.isEmpty() && !wanted.equals(caller.account())) {
      throw new UnmetRequirement(
          "aws.wrong-account",
          SYSTEM,
          INFRASTRUCTURE + "." + environment + ".account",
          "The credential leads to the account "
              + AwsAccess.masked(caller.account())
              + ", and not to "
              + AwsAccess.masked(wanted)
              + ".",
          "Correct the account in the element, or store the credential of this account.");
    }
    return new Finding(
        "sts:GetCallerIdentity",
        "AWS",
        caller.shown() + (fresh ? ", the organization's management account" : ""));
  }

  /** Entered when it is first needed: within a step, whose failure it may be. */
  private AwsSession entrance() {
    if (entrance == null) {
      AwsAccess access = AwsAccess.of(work.secret(SYSTEM), fresh ? "" : environment);
      entrance = login.enter(access, work.onboarding(), TASK);
    }
    return entrance;
  }

  private AccountCreation creation() {
    if (creation == null) {
      creation = new AccountCreation(work, environment, entrance());
    }
    return creation;
  }

  private AwsSession inside() {
    if (!fresh) {
      return entrance();
    }
    return entrance()
        .assume(
            AccountCreation.role(infrastructure, creation().account()),
            AwsLogin.sessionName(work.onboarding(), TASK));
  }

  private Finding access() {
    try {
      AwsIdentity inside = inside().identity();
      return new Finding("sts:AssumeRole, sts:GetCallerIdentity", "AWS", inside.shown());
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_PERMITTED) {
        throw trouble;
      }
      creation()
          .seenAt()
          .filter(at -> work.now().isBefore(at.plus(SETTLES)))
          .ifPresent(
              at ->
                  work.waitUntil(
                      work.now().plus(PAUSE), "The role of the new account is on its way."));
      throw new UnmetRequirement(
          "aws.no-access",
          SYSTEM,
          "credential:aws",
          "The account "
              + AwsAccess.masked(creation().account())
              + " cannot be entered from the management account. "
              + trouble.getMessage(),
          "Make the role OrganizationAccountAccessRole in it, which trusts the management account,"
              + " or deploy docs/customer-role.yaml again; then retry.");
    }
  }

  private AwsUsers users() {
    return new AwsUsers(
        work,
        entrance(),
        environment,
        fresh ? creation().account() : entrance().identity().account());
  }

  private Finding quotas() {
    String region = infrastructure.path(environment).path("region").asText();
    ServiceQuotas quotas = new ServiceQuotas(inside(), region);
    List<String> enough = new ArrayList<>();
    List<String> low = new ArrayList<>();
    int environments = infrastructure.path("sharedAccount").asBoolean() ? 2 : 1;
    for (NeededQuota needed : NeededQuota.ALL) {
      int most = needed.most() * environments;
      Optional<Double> value = quotas.value(needed.service(), needed.code());
      String now = value.map(found -> Long.toString(Math.round(found))).orElse("unknown");
      (value.orElse(0.0) >= most ? enough : low)
          .add(needed.title() + ": " + now + ", needed " + most);
    }
    if (!low.isEmpty()) {
      throw new UnmetRequirement(
          "aws.quota",
          SYSTEM,
          INFRASTRUCTURE + "." + environment,
          "Quotas of the account are too low in " + region + ". " + String.join("; ", low) + ".",
          "Request more in the console of Service Quotas, in this region; then retry.");
    }
    return new Finding(
        "servicequotas:GetServiceQuota", quotas.against(), String.join("; ", enough));
  }
}
