package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.CustomerProof;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.TestArchive;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.ledger.Party;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.HostPort;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.tcp.TcpProbe;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Set;

/**
 * V04: the uploader has its mount points. That the exporting host can be reached proves no more
 * than that; the proof is an archive which an end user uploads.
 */
public final class ProvideUploaderAccess extends TaskFunction {
  private static final String FIELD = "uploader";
  private static final String HOST = "uploader.host";

  private final ThirdParties parties;

  /** For Lambda. */
  public ProvideUploaderAccess() {
    this(FunctionContext.lambda());
  }

  public ProvideUploaderAccess(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ProvideUploaderAccess(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    reach(work);
    boolean vendor = work.element(FIELD).path("setUpBy").asText().equals("vendor");
    Party party = vendor ? Party.VENDOR : Party.CUSTOMER;
    work.step("create-mount-points").about(about(work)).askedOf(party).attested();
    proof(work)
        .give(
            Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND, Kind.NOT_UNDERSTOOD),
            (customer, name) ->
                "uploaded an archive, kept as "
                    + customer.ensureUploaded(name + ".zip", TestArchive.zip()));
  }

  @Override
  protected void verify(Work work) {
    reach(work);
    proof(work).look();
  }

  private CustomerProof proof(Work work) {
    return new CustomerProof(work, parties, "upload-archive", about(work));
  }

  private static About about(Work work) {
    return work.about("platform.domain", FIELD);
  }

  private void reach(Work work) {
    JsonNode uploader = work.element(FIELD);
    Probe probe = fromInside(uploader);
    PersonStep step =
        work.step("reach-storage")
            .about("platform.domain", FIELD + ".protocol", HOST, FIELD + ".port", FIELD + ".path")
            .field(HOST);
    if (uploader.path("network").asText().equals("private")) {
      step.probed(probe, seen -> reached(probe, seen));
    } else {
      step.machine(() -> reached(uploader)).orProbed(probe, seen -> reached(probe, seen));
    }
  }

  private static Probe fromInside(JsonNode uploader) {
    String host = uploader.path("host").asText();
    return uploader.path("protocol").asText().equals("nfs")
        ? new Probe.NfsNullCall(host, port(uploader))
        : new Probe.TcpConnect(host, port(uploader));
  }

  private static List<Finding> reached(Probe probe, ProbeResult seen) {
    return List.of(
        probe instanceof Probe.NfsNullCall
            ? new Finding(
                "tcp connection, nfs null call",
                probe.against(),
                "reachable, which proves no more; " + seen.fact("answer"))
            : new Finding("tcp connection", probe.against(), "reachable, which proves no more"));
  }

  private Finding reached(JsonNode uploader) {
    String host = uploader.path("host").asText();
    int port = port(uploader);
    String against = new HostPort(host, port).toString();
    if (uploader.path("protocol").asText().equals("nfs")) {
      return new Finding(
          "tcp connection, nfs null call",
          against,
          "reachable, which proves no more; " + parties.nfs(FIELD, host, port).answer());
    }
    parties.connect(FIELD, host, port);
    return new Finding("tcp connection", against, "reachable, which proves no more");
  }

  private static int port(JsonNode uploader) {
    return uploader.path("port").asInt(usualPort(uploader.path("protocol").asText()));
  }

  private static int usualPort(String protocol) {
    return switch (protocol) {
      case "smb" -> 445;
      case "sftp" -> 22;
      default -> TcpProbe.NFS_PORT;
    };
  }
}
