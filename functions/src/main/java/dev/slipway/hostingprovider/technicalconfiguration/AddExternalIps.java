package dev.slipway.hostingprovider.technicalconfiguration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.CustomerProof;
import dev.slipway.hostingprovider.Looks;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.TestImage;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.Cidr;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.CustomerClient;
import dev.slipway.systems.platform.ExternalIp;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.platform.Region;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Unmet;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * V02: the ranges of external addresses are sound, in the platform's pool, and an end customer can
 * attach one of them. Only addresses that are missing are added.
 */
public final class AddExternalIps extends TaskFunction {
  private static final String FIELD = "external-ip-ranges";
  private static final Set<Kind> LEFT_TO_PERSON = Set.of(Kind.NOT_PERMITTED);

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
    PlatformClient platform = parties.platform(work);
    List<IpRange> ranges = ranges(work);
    work.machine("check-ranges", FIELD, () -> sound(work.element(FIELD), ranges));
    work.machine("check-ranges", FIELD, () -> regionsExist(platform, ranges));
    for (IpRange range : ranges) {
      work.machineOrPerson(
          "add-ranges", FIELD, () -> added(work, platform, range), () -> present(platform, range));
    }
    proof(work)
        .giveInEnvironment(
            LEFT_TO_PERSON, (customer, name) -> attached(work, customer, name, ranges));
  }

  @Override
  protected void verify(Work work) {
    PlatformClient platform = parties.platform(work);
    for (IpRange range : ranges(work)) {
      work.proof(FIELD, () -> present(platform, range));
    }
    proof(work).look();
  }

  private CustomerProof proof(Work work) {
    return new CustomerProof(work, parties, "attach-address", work.element(FIELD));
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
    throw new Unmet(code, "slipway", field, message, "Correct the ranges in the element.");
  }

  private static Finding regionsExist(PlatformClient platform, List<IpRange> ranges) {
    return Looks.ifPossible(
        "the platform's own check",
        () -> {
          Set<String> known =
              platform.regions().stream().map(Region::name).collect(Collectors.toSet());
          Set<String> unknown = new TreeSet<>();
          ranges.forEach(range -> unknown.addAll(range.regions()));
          unknown.removeAll(known);
          if (!unknown.isEmpty()) {
            throw new Unmet(
                "external-ips.unknown-region",
                "platform",
                FIELD,
                "The platform has no region " + String.join(", ", unknown) + ".",
                "Name regions as the platform does: " + String.join(", ", known) + ".");
          }
          return new Finding(
              PlatformMethod.GET_REGIONS.permission(), platform.against(), "the regions exist");
        });
  }

  /** Adds what is missing of a range: all of it, or what an attempt of ours left undone. */
  private static Finding added(Work work, PlatformClient platform, IpRange range) {
    List<IpRange> missing = range.missingFrom(pool(platform));
    if (missing.isEmpty()) {
      return present(platform, range);
    }
    boolean ours = work.remembered(Note.Kind.INTENT, "add:" + range).isPresent();
    if (!ours && missing.stream().mapToLong(IpRange::size).sum() < range.size()) {
      throw new Unmet(
          "external-ips.overlap-pool",
          "platform",
          FIELD,
          "Some addresses of the range " + range + " are in the platform's pool already.",
          "Take those out of the element, or the others into the pool: " + missing + " are not.");
    }
    work.remember(Note.Kind.INTENT, "add:" + range, Json.tree(range.regions()));
    for (IpRange gap : missing) {
      try {
        platform.addExternalIps(gap.from(), gap.to(), gap.regions());
      } catch (SystemTrouble trouble) {
        // They may be there all the same: the answer got lost, or somebody was faster.
        if (trouble.kind() == Kind.NOT_PERMITTED || !gap.missingFrom(pool(platform)).isEmpty()) {
          throw trouble;
        }
      }
    }
    return present(platform, range);
  }

  private static Finding present(PlatformClient platform, IpRange range) {
    return Looks.ifPossible(
        "the statement of who added the range",
        () -> {
          List<IpRange> missing = range.missingFrom(pool(platform));
          if (!missing.isEmpty()) {
            throw new Unmet(
                "external-ips.not-in-pool",
                "platform",
                FIELD,
                "These addresses are not in the platform's pool: " + missing + ".",
                "Add them in the admin panel under Cluster, IP Pool.");
          }
          return new Finding(
              PlatformMethod.GET_EXT_IP_POOL_INFO.permission(),
              platform.against(),
              "all " + range.size() + " addresses of " + range + " are in the pool");
        });
  }

  private static Set<String> pool(PlatformClient platform) {
    return platform.externalIps().stream().map(ExternalIp::address).collect(Collectors.toSet());
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
