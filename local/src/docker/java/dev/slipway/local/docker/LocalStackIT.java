package dev.slipway.local.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.http.HttpApiServer;
import dev.slipway.local.run.PlainView;
import dev.slipway.local.run.ProfileReader;
import dev.slipway.local.run.Role;
import dev.slipway.local.run.RunInRounds;
import dev.slipway.local.samples.People;
import dev.slipway.local.sandbox.Sandbox;
import dev.slipway.local.sandbox.SandboxOptions;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The built template in LocalStack: an engine that is not ours comes to the same result. */
@Needs({
  Need.SAM,
  Need.DOCKER,
  Need.CONTAINERS_REACH_THIS_MACHINE,
  Need.LOCALSTACK_IMAGE
})
class LocalStackIT {
  private static final List<String> MACHINES =
      List.of(
          "HostingProviderOnboarding",
          "HostingProviderTechnicalConfiguration",
          "HostingProviderPlatformCustomization",
          "HostingProviderBillingIntegration");

  @Test
  void takesAHostingProviderFromCreationToSignOff() throws Exception {
    Path scratch = Checkout.scratch();
    Checkout project = Checkout.built();
    InetAddress here = ContainerHost.address();
    try (var log = new PrintWriter(Files.newBufferedWriter(scratch.resolve("localstack.log")), true);
        var localStack = LocalStack.start(log::print);
        var sandbox =
            Sandbox.start(
                SandboxOptions.inMemory().withReach(SandboxOptions.Reach.at(here)));
        var rechecks = new RechecksHeldBack(here, localStack.endpoint());
        var lambda =
            localStack.client(
                LambdaClient.builder()
                    .overrideConfiguration(
                        ClientOverrideConfiguration.builder()
                            .apiCallAttemptTimeout(Duration.ofMinutes(4))
                            .build()));
        var stepFunctions = localStack.client(SfnClient.builder())) {
      var thirdParties = sandbox.endpoints();
      localStack.deploy(
          project,
          Map.of(
              "JwtIssuer", "https://issuer.example/",
              "DeletionProtection", "false",
              "StandIns", "true",
              "EgressProxy", thirdParties.proxy(),
              "DnsServer", thirdParties.dns(),
              "TrustedCertificates", thirdParties.certificateAuthority(),
              "StepFunctionsEndpoint", rechecks.endpoint().toString()));
      Map<String, String> resources = localStack.resources();
      Template template =
          Template.read(
              project.folder().resolve("template.yaml"),
              Stack.local(Map.of("JwtIssuer", "https://issuer.example/")));
      var executions =
          new Executions(stepFunctions, MACHINES.stream().map(resources::get).toList());
      try (var api =
          new HttpApiServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              template,
              new DeployedFunctions(lambda, template, resources),
              LocalTime.real())) {
        var people = new People(api.uri(), api.issuer());
        var run =
            new RunInRounds(
                new ProfileReader(new Checklists())
                    .read(project.folder().resolve("events/profiles/hosting-provider.json")),
                people,
                new SandboxStandIns(sandbox.control()),
                new PlainView(new PrintStream(System.out, true, StandardCharsets.UTF_8)),
                executions::rest,
                Duration.ofMinutes(4));
        int rounds = run.run();
        System.out.println("rounds: " + rounds + ", held back: " + rechecks.heldBack().size());
        var manager = people.as(Role.MANAGER, run.onboarding());
        manager.signOff(run.onboarding(), "");
        Files.write(scratch.resolve("localstack-report.json"), manager.report(run.onboarding()));
        assertEquals(
            "SIGNED_OFF",
            manager.onboarding(run.onboarding()).at("/onboarding/state").asText());
        assertTrue(rounds > 1);
      }
    }
  }
}
