package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.probe.Enrolment;
import dev.slipway.local.probe.Execution;
import dev.slipway.local.probe.InnerNetworks;
import dev.slipway.local.probe.Logins;
import dev.slipway.local.probe.ProbeExecution;
import dev.slipway.local.probe.Runner;
import dev.slipway.local.probe.RunnerApi;
import dev.slipway.local.probe.RunnerKey;
import dev.slipway.local.sandbox.SandboxEndpoints;
import dev.slipway.probe.EnrolmentCode;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.EgressSettings;
import dev.slipway.systems.net.HostPort;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runners of this process, in the sandbox's inside network: each takes probes, and jobs on data,
 * which are only played.
 */
final class InsideRunners {
  private final RunnerApi api;
  private final List<Execution> executions;
  private final Map<String, RunnerKey> keys = new HashMap<>();

  InsideRunners(HttpClient http, URI api, SandboxEndpoints sandbox, InstantSource clock) {
    this.api = new RunnerApi(http, api, clock);
    EgressSettings settings = EgressSettings.parse("", "", sandbox.certificateAuthority(), "");
    Egress egress =
        new InnerNetworks(HostPort.parse(sandbox.insideProxy()), HostPort.parse(sandbox.dns()))
            .egress(settings.trustedCertificates(), clock);
    this.executions = List.of(new ProbeExecution(egress), new PlayedJobs(clock));
  }

  /** Lets a runner look once, as if a person had started it with {@code --yes --once}. */
  void look(String name, Supplier<String> code, JsonNode logins, Consumer<String> say) {
    RunnerKey key =
        keys.computeIfAbsent(
            name,
            unknown ->
                new Enrolment(api, say).enrol(EnrolmentCode.parse(code.get()).orElseThrow()));
    try {
      for (Execution execution : executions) {
        new Runner(api, execution, () -> true, Logins.of(logins), Thread::sleep, say).round(key);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
