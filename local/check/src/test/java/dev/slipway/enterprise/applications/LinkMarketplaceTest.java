package dev.slipway.enterprise.applications;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantId;
import static dev.slipway.local.sandbox.world.SandboxDefaults.hubTenantKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M23: the vendor links an application to the marketplace; the platform or the hub tells it. */
final class LinkMarketplaceTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final LinkMarketplace task =
      new LinkMarketplace(SANDBOX.context(), SANDBOX.parties().http());
  private final Bench bench =
      new Bench("applications.link-marketplace")
          .at("environment", "uat")
          .at("application", "salesforce")
          .element("application-facts", "{\"defaultEnvironment\":\"customer\"}")
          .element("component-hosts", "{\"uat\":{\"mnohub\":\"hub.uat.customer.example\"}}")
          .element("tenants", "{\"uat\":{\"list\":[{\"name\":\"acme\"}]}}")
          .secret(
              "mnohub-tenant@uat.acme",
              "{\"tenantId\":\"%s\",\"tenantKey\":\"%s\"}"
                  .formatted(hubTenantId("uat", "acme"), hubTenantKey("uat", "acme")));

  @BeforeEach
  void nothingIsLinkedYet() {
    control.patchWorld("{\"maestrano\":{\"hubs\":{\"uat\":{\"apps\":[]}}}}");
  }

  private Bench named() {
    return bench.element("marketplaces", "\"customer-uat\"");
  }

  private Bench withKeys() {
    return named()
        .secret(
            "connector-environment",
            "{\"envName\":\"for-salesforce\",\"envKey\":\"%s\",\"envSecret\":\"%s\"}"
                .formatted(
                    SandboxDefaults.connectorEnvironmentKey("uat", "salesforce"),
                    SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET));
  }

  private void link(String marketplace) {
    control.act(
        "link-application",
        Map.of("environment", "uat", "application", "salesforce", "marketplace", marketplace));
  }

  @Test
  void theMarketplacesNameIsAskedForOnceTheHubCanRegister() {
    assertTrue(waitsFor(null, bench.attempt(task)).instructions().contains("register itself"));
  }

  @Test
  void theVendorLinksAndThePlatformTellsIt() {
    waitsFor("link", withKeys().attempt(task));
    // Said, and not done.
    assertEquals(
        "application.not-linked",
        waitsFor("link", bench.answer("link").attempt(task)).problem().code());

    link("customer-uat");
    String evidence = done(bench.answer("link").attempt(task));

    assertTrue(evidence.contains("linked to customer-uat"), evidence);
    assertFalse(evidence.contains("K3y-of-"), evidence);
    done(bench.verify(task));
  }

  @Test
  void whatIsLinkedAlreadyIsAskedOfNobody() {
    link("customer-uat");

    done(withKeys().attempt(task));
  }

  @Test
  void anotherMarketplacesLinkIsNotOurs() {
    link("another-uat");

    waitsFor("link", withKeys().attempt(task));
  }

  @Test
  void aLinkThatIsGoneIsToldByTheSecondLook() {
    link("customer-uat");
    done(withKeys().attempt(task));
    control.patchWorld(
        """
        {"maestrano":{"developer":{"uat":{"environments":[{"application":"salesforce",
          "name":"customer","key":"%s","secret":"%s","marketplaces":[]}]}}}}"""
            .formatted(
                SandboxDefaults.connectorEnvironmentKey("uat", "salesforce"),
                SandboxDefaults.CONNECTOR_ENVIRONMENT_SECRET));

    failed("application.not-linked", "developer-platform", "application-facts", bench.verify(task));
  }

  @Test
  void withoutKeysTheHubTellsIt() {
    waitsFor("link", named().attempt(task));
    link("customer-uat");

    String evidence = done(bench.answer("link").attempt(task));

    assertTrue(evidence.contains("salesforce is there, as acme sees it"), evidence);
  }

  @Test
  void whatTheHubDoesNotShowTheVendorSees() {
    waitsFor("link", named().attempt(task));
    waitsFor("seen", bench.answer("link").attempt(task));

    done(bench.answer("seen").attempt(task));
  }

  @Test
  void keysOfTheOtherEnvironmentAreToldAsSuch() {
    withKeys().at("environment", "production");

    failed(
        "developer-platform.wrong-place",
        "developer-platform",
        "credential:connector-environment",
        bench.attempt(task));
  }
}
