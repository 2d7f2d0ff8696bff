package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.systems.aws.AwsCredentialTest;
import dev.slipway.systems.azure.AzureCredentialTest;
import dev.slipway.systems.billing.BillingCredentialTest;
import dev.slipway.systems.connector.ConnectorAppCredentialTest;
import dev.slipway.systems.docker.DockerCredentialTest;
import dev.slipway.systems.logging.SplunkCredentialTest;
import dev.slipway.systems.logging.SumoLogicCredentialTest;
import dev.slipway.systems.mailtool.MailToolCredentialTest;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.newrelic.NewRelicCredentialTest;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.systems.platform.PlatformCredentialTest;
import dev.slipway.systems.platform.TestCustomerCredentialTest;
import dev.slipway.systems.prometheus.MonitoringCredentialTest;
import dev.slipway.systems.smtp.SmtpCredentialTest;
import dev.slipway.systems.storage.BackupCredentialTest;
import dev.slipway.systems.tls.CertificatesCredentialTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tests of credentials, by the system whose credential they test. */
final class CredentialTests {
  private final Function<String, List<CredentialTest>> tests;

  CredentialTests(List<CredentialTest> tests) {
    this(onboarding -> tests);
  }

  private CredentialTests(Function<String, List<CredentialTest>> tests) {
    this.tests = tests;
  }

  /** Those of every system that Slipway speaks to. */
  static CredentialTests all(FunctionContext context) {
    Egress egress = context.egress();
    List<CredentialTest> tests =
        new ArrayList<>(
            List.of(
                new PlatformCredentialTest(egress),
                new TestCustomerCredentialTest(egress),
                new SmtpCredentialTest(egress),
                new DockerCredentialTest(egress),
                new MonitoringCredentialTest(egress),
                new BackupCredentialTest(egress, context.clock()),
                new BillingCredentialTest(egress),
                new NewRelicCredentialTest(egress),
                new SumoLogicCredentialTest(egress),
                new SplunkCredentialTest(egress),
                new PaymentGatewayCredentialTest(egress),
                new AzureCredentialTest(egress)));
    tests.addAll(MailToolCredentialTest.all(egress));
    tests.addAll(ConnectorAppCredentialTest.all(egress));
    return new CredentialTests(
        onboarding ->
            Stream.concat(
                    tests.stream(),
                    Stream.of(
                        new AwsCredentialTest(context.awsLogin(), onboarding),
                        new CertificatesCredentialTest(
                            file -> context.files().content(onboarding, file))))
                .toList());
  }

  /** A system's test for an onboarding; empty if its credential cannot be tested by a machine. */
  Optional<CredentialTest> of(String system, String onboarding) {
    return tests.apply(onboarding).stream()
        .filter(test -> test.system().equals(system))
        .findFirst();
  }
}
