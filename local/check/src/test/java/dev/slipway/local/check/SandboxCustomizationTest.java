package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.tls.CertificateFault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.analytics.GoogleTag;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.AccountsClient;
import dev.slipway.systems.platform.PlatformAddress;
import dev.slipway.systems.platform.PlatformClient;
import dev.slipway.systems.platform.SecondFactor;
import dev.slipway.systems.web.PageSource;
import dev.slipway.systems.web.WebPages;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a provider changes about a platform shows to Slipway's own clients. */
final class SandboxCustomizationTest {
  private static final URI API = PlatformAddress.ofDomain(SandboxDefaults.PLATFORM_DOMAIN);
  private static final URI DASHBOARD = PlatformAddress.dashboard(SandboxDefaults.PLATFORM_DOMAIN);

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final Egress egress = SANDBOX.egress();

  @Test
  void aLinkShowsOnceItsSettingIsApplied() {
    WebPages pages = new WebPages(egress, "platform");
    PlatformClient platform = new PlatformClient(egress, API, SandboxDefaults.PLATFORM_TOKEN);
    String link = "https://" + SandboxDefaults.WEBSITE_HOST + "/terms";
    platform.changeConfigKey("SYSTEM", "links.terms", link);
    assertFalse(pages.page(DASHBOARD).leadsTo(link));

    platform.applyConfig("SYSTEM", Optional.empty());

    assertTrue(pages.page(DASHBOARD).leadsTo(link));
    assertEquals(200, pages.open(URI.create(link)).status());
  }

  @Test
  void anImageAndTheHeaderAreServedAsTheyWereGiven() {
    control.act(
        "upload-image", Json.object().put("kind", "logo").put("text", "<svg width='9'></svg>"));
    GoogleTag tag = new GoogleTag(SandboxDefaults.MEASUREMENT_ID);
    control.act("change-header", Json.object().put("html", tag.snippet()));
    WebPages pages = new WebPages(egress, "platform");

    PageSource page = pages.page(DASHBOARD);

    assertTrue(page.references().contains(DASHBOARD.resolve("/images/logo")));
    assertEquals(Bytes.of("<svg width='9'></svg>"), pages.file(DASHBOARD.resolve("/images/logo")));
    assertEquals(List.of(), tag.missingIn(page));
    assertTrue(tag.fetch(egress) > 0);
    assertEquals(
        SystemTrouble.Kind.NOT_FOUND,
        assertThrows(SystemTrouble.class, () -> new GoogleTag("G-NOBODYS01").fetch(egress)).kind());
  }

  @Test
  void aSecondFactorLocksOutWhoIsNotTrusted() {
    AccountsClient accounts = new AccountsClient(egress, API, SandboxDefaults.PLATFORM_TOKEN);
    assertEquals(SandboxDefaults.PLATFORM_ADMIN_LOGIN, accounts.login());
    assertEquals(Optional.of(false), accounts.secondFactor().mandatory());

    accounts.requireSecondFactor(0, List.of(SandboxDefaults.PLATFORM_ADMIN_LOGIN));
    SecondFactor now = accounts.secondFactor();
    assertEquals(Optional.of(true), now.mandatory());
    assertTrue(now.trusts(SandboxDefaults.PLATFORM_ADMIN_LOGIN));

    accounts.requireSecondFactor(0, List.of("somebody@hoster.example"));
    assertEquals(
        SystemTrouble.Kind.NOT_PERMITTED,
        assertThrows(SystemTrouble.class, accounts::login).kind());
  }

  @Test
  void aLinkWithAnExpiredCertificateIsToldApart() {
    control.certificate(SandboxDefaults.WEBSITE_HOST, CertificateFault.EXPIRED);
    // A way out of its own: a connection that is open already would not look at the certificate.
    WebPages pages = new WebPages(SANDBOX.newContext().egress(), "website");
    URI site = URI.create("https://" + SandboxDefaults.WEBSITE_HOST + "/");

    assertEquals(
        SystemTrouble.Kind.CERTIFICATE,
        assertThrows(SystemTrouble.class, () -> pages.open(site)).kind());
  }
}
