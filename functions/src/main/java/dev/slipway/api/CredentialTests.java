package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.systems.analytics.GoogleAnalyticsCredentialTest;
import dev.slipway.systems.aws.AwsCredentialTest;
import dev.slipway.systems.azure.AzureCredentialTest;
import dev.slipway.systems.billing.BillingCredentialTest;
import dev.slipway.systems.connector.ConnectorAppCredentialTest;
import dev.slipway.systems.docker.DockerCredentialTest;
import dev.slipway.systems.intercom.IntercomCredentialTest;
import dev.slipway.systems.jira.JiraCredentialTest;
import dev.slipway.systems.logging.SplunkCredentialTest;
import dev.slipway.systems.logging.SumoLogicCredentialTest;
import dev.slipway.systems.maestrano.CatalogueCredentialTest;
import dev.slipway.systems.maestrano.ConnecCredentialTest;
import dev.slipway.systems.maestrano.ConnectorAdminCredentialTest;
import dev.slipway.systems.maestrano.ConnectorEnvironmentCredentialTest;
import dev.slipway.systems.maestrano.ExpressAdminCredentialTest;
import dev.slipway.systems.maestrano.MnoHubCredentialTest;
import dev.slipway.systems.maestrano.NexCredentialTest;
import dev.slipway.systems.maestrano.SourceTenantCredentialTest;
import dev.slipway.systems.mailtool.MailToolCredentialTest;
import dev.slipway.systems.maps.GoogleMapsCredentialTest;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.newrelic.NewRelicCredentialTest;
import dev.slipway.systems.payment.PaymentGatewayCredentialTest;
import dev.slipway.systems.platform.PlatformCredentialTest;
import dev.slipway.systems.platform.TestCustomerCredentialTest;
import dev.slipway.systems.prometheus.MonitoringCredentialTest;
import dev.slipway.systems.pusher.PusherCredentialTest;
import dev.slipway.systems.rates.OpenExchangeRatesCredentialTest;
import dev.slipway.systems.sidekiq.SidekiqCredentialTest;
import dev.slipway.systems.smtp.SmtpCredentialTest;
import dev.slipway.systems.storage.BackupCredentialTest;
import dev.slipway.systems.storage.PackagesCredentialTest;
import dev.slipway.systems.tls.CertificatesCredentialTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tests of credentials, by the system whose credential they test. */
final class CredentialTests {
  private final Function<Place, List<CredentialTest>> tests;

  CredentialTests(List<CredentialTest> tests) {
    this(place -> tests);
  }

  private CredentialTests(Function<Place, List<CredentialTest>> tests) {
    this.tests = tests;
  }

  /**
   * What a credential is given for.
   *
   * @param at axis to value, such as {@code environment} to {@code uat}; empty for one that has no
   *     instances
   */
  record Place(String onboarding, Map<String, String> at) {}

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
                new OpenExchangeRatesCredentialTest(egress),
                new GoogleMapsCredentialTest(egress),
                new GoogleAnalyticsCredentialTest(egress, context.clock()),
                new AzureCredentialTest(egress),
                new PackagesCredentialTest(egress, context.clock()),
                new ExpressAdminCredentialTest(egress),
                new CatalogueCredentialTest(egress),
                new SourceTenantCredentialTest(egress),
                new ConnectorAdminCredentialTest(egress)));
    tests.addAll(JiraCredentialTest.all(egress));
    tests.addAll(MailToolCredentialTest.all(egress));
    return new CredentialTests(place -> Stream.concat(tests.stream(), at(place, context)).toList());
  }

  /** Those that have to know where the credential stands. */
  private static Stream<CredentialTest> at(Place place, FunctionContext context) {
    Egress egress = context.egress();
    boolean forProduction = place.at().getOrDefault("environment", "").equals("production");
    return Stream.concat(
        ConnectorAppCredentialTest.all(egress, forProduction).stream(),
        Stream.of(
            new PaymentGatewayCredentialTest(egress, forProduction),
            new AwsCredentialTest(context.awsLogin(), place.onboarding()),
            new CertificatesCredentialTest(
                file -> context.files().content(place.onboarding(), file)),
            new ConnectorEnvironmentCredentialTest(egress, place.at()),
            new PusherCredentialTest(egress, context.clock(), place.at()),
            new MnoHubCredentialTest(egress, place.at()),
            new ConnecCredentialTest(egress, place.at()),
            new NexCredentialTest(egress, place.at()),
            new SidekiqCredentialTest(egress, place.at()),
            new IntercomCredentialTest(egress, place.at())));
  }

  /** A system's test at a place; empty if its credential cannot be tested by a machine. */
  Optional<CredentialTest> of(String system, Place place) {
    return tests.apply(place).stream().filter(test -> test.system().equals(system)).findFirst();
  }
}
