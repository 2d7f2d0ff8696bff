package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.CustomerProof;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.RestoreTrial;
import dev.slipway.hostingprovider.TestImage;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.probe.Probe;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.storage.BackupStorage;
import dev.slipway.systems.storage.S3Bucket;
import dev.slipway.systems.storage.S3Login;
import dev.slipway.systems.storage.S3Storage;
import dev.slipway.systems.storage.StorageReport;
import dev.slipway.systems.storage.WebDavStorage;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * V06: containers are backed up to an external storage. The storage takes and gives back an object;
 * the vendor connects it; the proof is a container that was restored.
 */
public final class ConnectBackupStorage extends TaskFunction {
  private static final String FIELD = "backup-storage";
  private static final long GIGABYTE = 1_000_000_000L;

  /** No public name of the backup methods is known, so any refusal may be a wrong name. */
  private static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.NOT_UNDERSTOOD, Kind.REJECTED);

  private final ThirdParties parties;

  /** For Lambda. */
  public ConnectBackupStorage() {
    this(FunctionContext.lambda());
  }

  public ConnectBackupStorage(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ConnectBackupStorage(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    if (isReachable(work)) {
      work.step("probe-storage").field(FIELD).machine(() -> probed(work));
    } else {
      fromInside(work);
    }
    connected(work);
    proof(work)
        .giveInEnvironment(
            LEFT_TO_PERSON,
            (customer, name) -> new RestoreTrial(work, customer, name).run(TestImage.of(work)));
  }

  @Override
  protected void verify(Work work) {
    if (isReachable(work)) {
      work.proof(FIELD, () -> looked(storage(work)));
    } else {
      fromInside(work);
    }
    connected(work);
    proof(work).look();
  }

  private static void connected(Work work) {
    String login = work.hasSecret("backup") ? work.secretVersion("backup") : "";
    work.step("connect-storage").about(about(work).and("backup", login)).attested();
  }

  private static About about(Work work) {
    return work.about("platform.domain", FIELD);
  }

  private CustomerProof proof(Work work) {
    return new CustomerProof(work, parties, "restore-container", about(work));
  }

  /** A probe runner looks where it knows the protocol; otherwise a person does. */
  private static void fromInside(Work work) {
    PersonStep step = work.step("probe-storage").about(FIELD).field(FIELD);
    JsonNode element = work.element(FIELD);
    switch (element.path("protocol").asText()) {
      case "s3" ->
          byRunner(
              work,
              step,
              new Probe.S3RoundTrip(
                  URI.create(element.path("endpoint").asText()),
                  element.path("region").asText(),
                  element.path("bucket").asText()));
      case "webdav" ->
          byRunner(work, step, new Probe.WebDavRoundTrip(URI.create(element.path("url").asText())));
      default -> step.attested();
    }
  }

  private static void byRunner(Work work, PersonStep step, Probe probe) {
    step.probed(
        probe,
        seen -> {
          String free = seen.fact("freeBytes");
          OptionalLong bytes =
              free.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(free));
          return List.of(written(work, probe.against(), seen.fact("steps"), bytes));
        });
  }

  private static boolean isReachable(Work work) {
    JsonNode element = work.element(FIELD);
    return List.of("s3", "webdav").contains(element.path("protocol").asText())
        && !element.path("network").asText().equals("private");
  }

  private BackupStorage storage(Work work) {
    JsonNode element = work.element(FIELD);
    JsonNode secret = work.secret("backup");
    if (element.path("protocol").asText().equals("webdav")) {
      return new WebDavStorage(
          parties.http(),
          URI.create(element.path("url").asText()),
          secret.path("user").asText(),
          secret.path("password").asText());
    }
    InstantSource now = work::now;
    return new S3Storage(
        parties.http(),
        now,
        new S3Bucket(
            URI.create(element.path("endpoint").asText()),
            element.path("region").asText(),
            element.path("bucket").asText()),
        new S3Login(secret.path("accessKey").asText(), secret.path("secretKey").asText()));
  }

  private Finding probed(Work work) {
    BackupStorage storage = storage(work);
    StorageReport report = storage.probe(work.onboarding());
    return written(work, storage.against(), String.join(", ", report.steps()), report.freeBytes());
  }

  private static Finding written(Work work, String against, String steps, OptionalLong free) {
    long needed = work.element(FIELD).path("neededGb").asLong();
    if (free.isPresent() && free.getAsLong() < needed * GIGABYTE) {
      throw new UnmetRequirement(
          "backup.too-small",
          "backup",
          "backup-storage.neededGb",
          "The storage has "
              + free.getAsLong() / GIGABYTE
              + " GB free, and "
              + needed
              + " GB are needed.",
          "Enlarge the storage or its quota, or correct the capacity needed; then retry.");
    }
    return new Finding(
        "probe object",
        against,
        steps
            + (free.isPresent()
                ? "; " + free.getAsLong() / GIGABYTE + " GB free"
                : "; how much is free it does not say"));
  }

  private static Finding looked(BackupStorage storage) {
    return new Finding("storage", storage.against(), storage.look());
  }
}
