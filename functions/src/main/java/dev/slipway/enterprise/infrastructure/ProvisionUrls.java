package dev.slipway.enterprise.infrastructure;

import dev.slipway.context.FunctionContext;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * M07: each host of an environment leads to its component, wherever it is looked up. Records are
 * entered in Route 53 or Azure DNS, or by the customer; one that is there and says otherwise is
 * never overwritten unasked.
 */
public final class ProvisionUrls extends TaskFunction {
  static final String TASK = "provision-urls";

  private final Egress egress;
  private final CustomerAccess access;
  private final StatedTargets targets;

  /** For Lambda. */
  public ProvisionUrls() {
    this(FunctionContext.lambda());
  }

  public ProvisionUrls(FunctionContext context) {
    this(context, StatedTargets.accepted(context));
  }

  ProvisionUrls(FunctionContext context, StatedTargets targets) {
    super(context);
    this.egress = context.egress();
    this.access = new CustomerAccess(egress, context.awsLogin(), TASK);
    this.targets = targets;
  }

  @Override
  protected void perform(Work work) {
    EnvironmentUrls urls = new EnvironmentUrls(work, targets);
    Optional<HostedDns> dns = access.dns(work);
    ZoneSetUp zones = new ZoneSetUp(work, urls, dns, egress);
    work.step("zones")
        .about("infrastructure.dns")
        .field("component-hosts")
        .machine(zones::ensure)
        .orPerson(zones::look);
    HostRecords records = new HostRecords(work, urls, egress);
    work.step("records")
        .about(about(work, urls))
        .field("component-hosts")
        .snippet("Records", records.lines())
        .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
        .machine(() -> dns.map(records::enter).orElseGet(records::entered))
        .orPerson(records::look);
  }

  @Override
  protected void verify(Work work) {
    EnvironmentUrls urls = new EnvironmentUrls(work, targets);
    HostLook look = new HostLook(work, urls, egress);
    if (urls.isPrivate()) {
      work.step("resolve")
          .about(about(work, urls))
          .field("component-hosts")
          .material(look.lines())
          .probed(look.fromInside(), look::fromInside);
    } else {
      for (EnvironmentHost host : urls.hosts()) {
        work.step("resolve").field(host.field()).machine(() -> look.resolve(host));
      }
    }
    work.step("separate").field("component-hosts").machine(look::separate);
  }

  private static About about(Work work, EnvironmentUrls urls) {
    return work.about(
            "component-hosts." + urls.environment(),
            "tenants." + urls.environment(),
            "infrastructure.dns")
        .and("targets", urls.stated());
  }

  @Override
  protected void putBack(Work work, String request) {
    work.proof(
        "component-hosts",
        () -> {
          List<String> done = new ArrayList<>();
          Optional<HostedDns> dns = access.dns(work);
          dns.ifPresent(
              service -> {
                done.addAll(new RecordChanges(work, service).putBack());
                EnvironmentUrls urls = new EnvironmentUrls(work, targets);
                done.addAll(new ZoneSetUp(work, urls, dns, egress).remove());
              });
          return new Finding(
              "put back",
              dns.map(HostedDns::against).orElse("the customer's DNS"),
              done.isEmpty() ? "nothing had been made by machine" : String.join("; ", done));
        });
  }
}
