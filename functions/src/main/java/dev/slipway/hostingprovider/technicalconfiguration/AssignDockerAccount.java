package dev.slipway.hostingprovider.technicalconfiguration;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.CustomerProof;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.TestImage;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.docker.DockerHub;
import dev.slipway.systems.docker.PullLimit;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.CustomerEnvironment;
import dev.slipway.systems.platform.DockerPullStatus;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * V03: a Docker Hub account on a paid plan is assigned to the platform, by a person, for no public
 * setting is known; the platform pulls with it, and an end customer creates a container.
 */
public final class AssignDockerAccount extends TaskFunction {
  private static final String FIELD = "docker-account";

  /** For so long the platform repeats the result of its latest test pull. */
  private static final Duration CACHED = Duration.ofMinutes(10);

  private final ThirdParties parties;

  /** For Lambda. */
  public AssignDockerAccount() {
    this(FunctionContext.lambda());
  }

  public AssignDockerAccount(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  AssignDockerAccount(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    work.step("check-account").field(FIELD).machine(() -> account(work));
    PlatformClient platform = parties.platform(work);
    work.step("assign-account")
        .about(account(work, FIELD + ".user"))
        .field(FIELD)
        .person(statement -> assigned(work, platform, statement));
    proof(work)
        .giveInEnvironment(
            Set.of(Kind.NOT_PERMITTED),
            (customer, name) -> {
              CustomerEnvironment made =
                  customer.ensureEnvironment(name, TestImage.of(work), Optional.empty());
              return made.nodes().size() + " container made of " + TestImage.of(work);
            });
  }

  @Override
  protected void verify(Work work) {
    work.proof(FIELD, () -> account(work));
    PlatformClient platform = parties.platform(work);
    work.proof(FIELD, () -> pulls(platform));
    proof(work).look();
  }

  private CustomerProof proof(Work work) {
    return new CustomerProof(
        work, parties, "create-container", account(work, FIELD + ".user", FIELD + ".testImage"));
  }

  /** The account as the platform uses it. */
  private static About account(Work work, String... fields) {
    return work.about(fields)
        .and("platform", work.element("platform").path("domain").asText())
        .and("docker", work.secretVersion("docker"));
  }

  private Finding account(Work work) {
    String user = work.secret("docker").path("user").asText();
    String expected = work.element(FIELD).path("user").asText();
    if (!user.equals(expected)) {
      throw new UnmetRequirement(
          "docker.other-user",
          "docker",
          FIELD + ".user",
          "The credential `docker` is of another user than " + expected + ".",
          "Correct the element, or store the credential of that user.");
    }
    PullLimit limit =
        new DockerHub(parties.http()).pullLimit(user, work.secret("docker").path("token").asText());
    if (limit.limited()) {
      throw new UnmetRequirement(
          "docker.pulls-limited",
          "docker",
          FIELD + ".plan",
          "Docker Hub limits the pulls of this account (" + limit.answer() + ").",
          "Change the account to a paid plan, then retry.");
    }
    return new Finding(
        "registry token, head of a manifest",
        "auth.docker.io, registry-1.docker.io",
        limit.answer());
  }

  private static Finding assigned(Work work, PlatformClient platform, Answer statement) {
    try {
      return pulls(platform);
    } catch (UnmetRequirement unmet) {
      work.waitUntil(
          statement.at().plus(CACHED),
          "The platform repeats its latest test pull for ten minutes; it failed.");
      throw unmet;
    }
  }

  private static Finding pulls(PlatformClient platform) {
    return OptionalLook.take(
        "the statement of who assigned the account",
        () -> {
          DockerPullStatus status = platform.dockerPullStatus();
          if (!status.works()) {
            throw new UnmetRequirement(
                "docker.pull-failed",
                "platform",
                FIELD,
                "The platform's latest test pull failed: " + status.answer(),
                "Check the user and the access token that were entered, then say so again.");
          }
          return new Finding(
              PlatformMethod.GET_DOCKER_PULL_STATUS.permission(),
              platform.against(),
              status.answer());
        });
  }
}
