package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.CustomerProof;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.TestImage;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.Cidr;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.PersonStep;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * V02: the ranges of external addresses are sound, in the platform's pool, and an end customer can
 * attach one of them. Only addresses that are missing are added.
 */
public final class AddExternalIps extends TaskFunction {
  private static final String FIELD = "external-ip-ranges";

  private final ThirdParties parties;

  /** For Lambda. */
  public AddExternalIps() {
    this(FunctionContext.lambda());
  }

  public AddExternalIps(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  AddExternalIps(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    IpPool pool = new IpPool(work, parties.platform(work));
    List<IpRange> ranges = ranges(work);
    work.step("check-ranges").field(FIELD).machine(() -> sound(work.element(FIELD), ranges));
    work.step("check-ranges").field(FIELD).machine(() -> pool.regionsExist(ranges));
    PersonStep add = work.step("add-ranges").about(about(work)).field(FIELD);
    for (IpRange range : ranges) {
      add.machine(() -> pool.add(range)).orPerson(() -> pool.look(range));
    }
    proof(work)
        .giveInEnvironment(
            Set.of(Kind.NOT_PERMITTED), (customer, name) -> attached(work, customer, name, ranges));
  }

  @Override
  protected void verify(Work work) {
    IpPool pool = new IpPool(work, parties.platform(work));
    for (IpRange range : ranges(work)) {
      work.proof(FIELD, () -> pool.look(range));
    }
    proof(work).look();
  }

  private CustomerProof proof(Work work) {
    return new CustomerProof(work, parties, "attach-address", about(work));
  }

  private static About about(Work work) {
    return work.about("platform.domain", FIELD + ".ranges");
  }

  private static List<IpRange> ranges(Work work) {
    List<IpRange> ranges = new ArrayList<>();
    work.element(FIELD).path("ranges").forEach(entry -> ranges.add(IpRange.of(entry)));
    return ranges;
  }

  private static Finding sound(JsonNode element, List<IpRange> ranges) {
    for (int i = 0; i < ranges.size(); i++) {
      String field = FIELD + ".ranges[" + i + "]";
      IpRange range = ranges.get(i);
      range.problem().ifPresent(problem -> refuse("external-ips.range", field, problem));
      for (IpRange earlier : ranges.subList(0, i)) {
        if (range.overlaps(earlier)) {
          refuse(
              "external-ips.overlap",
              field,
              "The ranges " + earlier + " and " + range + " have addresses in common.");
        }
      }
      for (JsonNode network : element.path("internalNetworks")) {
        if (range.overlaps(Cidr.parse(network.asText()))) {
          refuse(
              "external-ips.overlap-internal",
              field,
              "The range " + range + " lies in the internal network " + network.asText() + ".");
        }
      }
    }
    return new Finding(
        "range rules",
        FIELD,
        ranges.size()
            + " range(s), "
            + ranges.stream().mapToLong(IpRange::size).sum()
            + " addresses: in order, public or private on purpose, without overlap");
  }

  private static void refuse(String code, String field, String message) {
    throw new UnmetRequirement(
        code, "slipway", field, message, "Correct the ranges in the element.");
  }

  private static String attached(
      Work work, CustomerClient customer, String name, List<IpRange> ranges) {
    IpRange range = ranges.getFirst();
    customer.ensureEnvironment(name, TestImage.of(work), range.regions().stream().findFirst());
    String address = customer.ensureExternalIp(name);
    Optional<IpRange> home = ranges.stream().filter(r -> r.contains(address)).findFirst();
    return "attached "
        + address
        + " to a container"
        + home.map(r -> ", of the range " + r).orElse(", which is of none of the given ranges");
  }
}
