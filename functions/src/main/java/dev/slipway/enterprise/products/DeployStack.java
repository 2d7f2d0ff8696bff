package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Answer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.storage.PackageStore;
import dev.slipway.systems.storage.S3Login;
import dev.slipway.systems.storage.StoredObject;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.InstantSource;

/**
 * M14: one component of the stack runs in one environment, in the release's version. The vendor
 * deploys it; Slipway looks, and changes nothing.
 */
public final class DeployStack extends TaskFunction {
  private static final String POLICY = "allkeys-lru";

  private final HttpPort http;
  private final InstantSource clock;

  /** For Lambda. */
  public DeployStack() {
    this(FunctionContext.lambda());
  }

  public DeployStack(FunctionContext context) {
    this(context, context.egress());
  }

  DeployStack(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
    this.clock = context.clock();
  }

  @Override
  protected void perform(Work work) {
    StackComponent component = new StackComponent(work, http);
    String release = "release." + component.name();
    work.step("packages")
        .about(release)
        .field(release)
        .machine(() -> packaged(work, component))
        .orAttested();
    work.step("deploy")
        .about(release, component.field())
        .field(release)
        .person(statement -> deployed(component, statement));
  }

  @Override
  protected void verify(Work work) {
    StackComponent component = new StackComponent(work, http);
    String release = "release." + component.name();
    work.step("ping").field(component.field()).machine(component::ping);
    if (component.hasApi()) {
      work.step("works")
          .about(component.field())
          .field(component.field())
          .leftToPerson(component.leftToPerson())
          .machine(component::works)
          .orAttested();
    }
    if (!component.name().equals("nex")) {
      work.step("cache-policy")
          .about(component.field())
          .person(statement -> policy(component, statement));
    }
    work.step("version").about(release, component.field()).attested();
    work.step("secrets-kept").about(component.field()).attested();
  }

  @Override
  protected void putBack(Work work, String request) {
    String before =
        work.answer("deploy")
            .map(statement -> statement.value("previous").asText())
            .filter(version -> !version.isEmpty())
            .map(version -> "the vendor deploys " + version + " again")
            .orElse("no version before it was stated");
    work.proof(
        "release",
        () -> new Finding("put back", "Slipway", "nothing was changed by machine; " + before));
  }

  private Finding packaged(Work work, StackComponent component) {
    JsonNode keys = work.secret(PackageStore.SYSTEM);
    PackageStore store =
        new PackageStore(
            http,
            clock,
            keys.path("bucket").asText(),
            new S3Login(keys.path("accessKeyId").asText(), keys.path("secretAccessKey").asText()));
    String key = component.release().path("package").asText();
    StoredObject found =
        store
            .find(key)
            .orElseThrow(
                () ->
                    new UnmetRequirement(
                        "packages.not-found",
                        PackageStore.SYSTEM,
                        "release." + component.name(),
                        "The bucket does not have the package " + key + ".",
                        "Upload it, or correct its key in the element `release`; then retry."));
    return new Finding(
        "s3:HeadObject", store.against(key), found.size() + " bytes, ETag " + found.tag());
  }

  /** The vendor states {@code {"version": "4.2.1", "instances": 2, "previous": "4.1.0"}}. */
  private static Finding deployed(StackComponent component, Answer statement) {
    String wanted = component.release().path("version").asText();
    String version = statement.value("version").asText();
    int instances = statement.value("instances").asInt();
    if (!version.equals(wanted)) {
      throw new UnmetRequirement(
          "release.other-version",
          component.name(),
          "release." + component.name(),
          version.isEmpty()
              ? "The statement does not say which version is deployed."
              : "The version " + version + " is deployed; the release has " + wanted + ".",
          "Deploy " + wanted + " and state it, or correct the release.");
    }
    if (instances < 1) {
      throw new UnmetRequirement(
          "release.no-instance",
          component.name(),
          "instances",
          "The statement does not say how many instances of it run.",
          "Give the group of hosts a size of 1 at least, and state it.");
    }
    return new Finding(
        "deployment", component.host(), version + ", on " + instances + " instance(s)");
  }

  private static Finding policy(StackComponent component, Answer statement) {
    String policy = statement.value("policy").asText();
    if (!policy.equals(POLICY)) {
      throw new UnmetRequirement(
          "redis.policy",
          "redis",
          "policy",
          policy.isEmpty()
              ? "The statement does not say which policy Redis has."
              : "Redis has the policy " + policy + ", with which it fills up.",
          "Set " + POLICY + " in the parameter group, and state it.");
    }
    return new Finding("maxmemory-policy as stated", "Redis of " + component.name(), policy);
  }
}
