package dev.slipway.hostingprovider.technicalconfiguration;

import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.platform.ExternalIp;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.PlatformMethod;
import dev.slipway.systems.platform.Region;
import dev.slipway.task.Finding;
import dev.slipway.task.OptionalLook;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The platform's pool of external addresses. */
final class IpPool {
  private static final String FIELD = "external-ip-ranges";

  private final Work work;
  private final PlatformClient platform;

  IpPool(Work work, PlatformClient platform) {
    this.work = work;
    this.platform = platform;
  }

  /** Looks whether the platform has the regions of these ranges. */
  Finding regionsExist(List<IpRange> ranges) {
    return OptionalLook.take(
        "the platform's own check",
        () -> {
          Set<String> known =
              platform.regions().stream().map(Region::name).collect(Collectors.toSet());
          Set<String> unknown = new TreeSet<>();
          ranges.forEach(range -> unknown.addAll(range.regions()));
          unknown.removeAll(known);
          if (!unknown.isEmpty()) {
            throw new UnmetRequirement(
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
  Finding add(IpRange range) {
    List<IpRange> missing = range.missingFrom(addresses());
    if (missing.isEmpty()) {
      return look(range);
    }
    boolean ours = work.remembered(Note.Kind.INTENT, "add:" + range).isPresent();
    if (!ours && missing.stream().mapToLong(IpRange::size).sum() < range.size()) {
      throw new UnmetRequirement(
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
        // They may be there all the same: the answer got lost, or another person was faster.
        if (trouble.kind() == Kind.NOT_PERMITTED || !gap.missingFrom(addresses()).isEmpty()) {
          throw trouble;
        }
      }
    }
    work.remember(Note.Kind.RESOURCE, "added:" + range, Json.tree(work.now()));
    return look(range);
  }

  /** Looks whether a range is in the pool; where that may not be read, a statement stands. */
  Finding look(IpRange range) {
    return OptionalLook.take(
        "the statement of who added the range",
        () -> {
          List<IpRange> missing = range.missingFrom(addresses());
          if (!missing.isEmpty()) {
            throw new UnmetRequirement(
                "external-ips.not-in-pool",
                "platform",
                FIELD,
                "These addresses are not in the platform's pool: " + missing + ".",
                "Add them in the admin panel under Cluster, IP Pool.");
          }
          return new Finding(
              PlatformMethod.GET_EXT_IP_POOL_INFO.permission(),
              platform.against(),
              "all "
                  + range.size()
                  + " addresses of "
                  + range
                  + " are in the pool"
                  + work.remembered(Note.Kind.RESOURCE, "added:" + range)
                      .map(at -> ", added by machine at " + at.asText())
                      .orElse(""));
        });
  }

  private Set<String> addresses() {
    return platform.externalIps().stream().map(ExternalIp::address).collect(Collectors.toSet());
  }
}
