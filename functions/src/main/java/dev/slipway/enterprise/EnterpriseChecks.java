package dev.slipway.enterprise;

import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckProvider;
import dev.slipway.element.ElementCheck;
import dev.slipway.element.ElementLook;
import dev.slipway.enterprise.NeededFields.Need;
import dev.slipway.enterprise.applications.ApplicationsNamed;
import dev.slipway.enterprise.applications.ConfirmApplications;
import dev.slipway.enterprise.applications.FactsComplete;
import dev.slipway.enterprise.applications.PartnerApproved;
import dev.slipway.enterprise.cloudconnectors.HostingComplete;
import dev.slipway.enterprise.datamigration.MigrationComplete;
import dev.slipway.enterprise.datamigration.SurveyFits;
import dev.slipway.enterprise.infrastructure.BaseSetUpStands;
import dev.slipway.enterprise.infrastructure.HostsApart;
import dev.slipway.enterprise.infrastructure.HostsLookedUp;
import dev.slipway.enterprise.infrastructure.MailDomains;
import dev.slipway.enterprise.infrastructure.NetworksApart;
import dev.slipway.enterprise.infrastructure.ProviderAgrees;
import dev.slipway.enterprise.infrastructure.SshKeysUsable;
import dev.slipway.enterprise.infrastructure.UsersInTool;
import dev.slipway.enterprise.infrastructure.VpnIsUp;
import dev.slipway.enterprise.payment.PaymentAgrees;
import dev.slipway.enterprise.products.FeaturesAgree;
import dev.slipway.enterprise.products.LegalPages;
import dev.slipway.enterprise.products.LookUsable;
import dev.slipway.enterprise.products.PlatformAdminsNamed;
import dev.slipway.enterprise.products.TenantAdminsNamed;
import dev.slipway.enterprise.products.TenantsCounted;
import dev.slipway.enterprise.support.ConfirmOffer;
import dev.slipway.enterprise.thirdpartyaccounts.PusherAppsApart;
import dev.slipway.enterprise.transactionalemail.MailAdminsNamed;
import dev.slipway.enterprise.transactionalemail.MailToolUsable;
import dev.slipway.enterprise.transactionalemail.TemplatesComplete;
import dev.slipway.enterprise.transactionalemail.ToolOrWaiver;
import java.util.List;

/** The checks and looks of enterprise-environment's elements, but for those of certificates. */
public final class EnterpriseChecks implements CheckProvider {
  @Override
  public List<ElementCheck> checks() {
    return List.of(
        new PeopleOnce(),
        new AdministratorsNamed(),
        new ProviderAgrees(),
        new NetworksApart(),
        new SshKeysUsable(),
        new HostsApart(),
        new TenantsCounted(),
        new FeaturesAgree(),
        new PlatformAdminsNamed(),
        new TenantAdminsNamed(),
        new LookUsable(),
        new ApplicationsNamed(),
        new FactsComplete(),
        new PartnerApproved(),
        new HostingComplete(),
        new MailToolUsable(),
        new MailAdminsNamed(),
        new PaymentAgrees(),
        new PusherAppsApart(),
        new TemplatesComplete(),
        new MigrationComplete(),
        new SurveyFits(),
        new NeededFields(
            "VpnComplete",
            "vpn",
            List.of(new Need("kind", List.of("aws-vpn"), List.of("connectionId")))),
        new NeededFields(
            "MonitoringComplete",
            "monitoring",
            List.of(
                new Need("system", List.of("new-relic"), List.of("account")),
                new Need("account", List.of("existing"), List.of("accountId")),
                new Need("system", List.of("other"), List.of("name", "link")))),
        new NeededFields(
            "LoggingComplete",
            "logging",
            List.of(
                new Need(
                    "system",
                    List.of("sumo-logic", "splunk-cloud", "splunk-enterprise"),
                    List.of("account")),
                new Need("system", List.of("sumo-logic"), List.of("deployment")),
                new Need("system", List.of("splunk-cloud", "splunk-enterprise"), List.of("host")),
                new Need("system", List.of("other"), List.of("name", "link")))),
        new NeededFields(
            "MailToolComplete",
            "mail-tool",
            List.of(
                new Need(
                    "tool",
                    List.of("mandrill", "sparkpost", "mailgun"),
                    List.of("account", "domain")),
                new Need("tool", List.of("smtp"), List.of("domain", "host", "port", "security")))),
        new NeededFields(
            "MailBrandingComplete",
            "mail-branding",
            List.of(
                new Need("wanted", List.of("true"), List.of("by")),
                new Need("by", List.of("vendor"), List.of("templates")))),
        new NeededFields(
            "Level1Named",
            "onboarding-owner",
            List.of(new Need("sameForLevel1", List.of("false"), List.of("level1")))),
        new NeededFields(
            "ServiceDeskComplete",
            "service-desk",
            List.of(
                new Need("project", List.of("new", "existing"), List.of("site", "key", "lead")))),
        new NeededFields(
            "IntercomComplete",
            "intercom",
            List.of(new Need("workspace", List.of("existing"), List.of("appId")))),
        new NeededFields(
            "PusherComplete",
            "pusher",
            List.of(new Need("used", List.of("true"), List.of("appId")))),
        new NeededFields(
            "PaymentComplete",
            "payment",
            List.of(
                new Need("enabled", List.of("true"), List.of("system", "accounts", "admin")),
                new Need("system", List.of("braintree", "eway"), List.of("account")),
                new Need("system", List.of("other"), List.of("name", "link")))));
  }

  @Override
  public List<ElementLook> looks(FunctionContext context) {
    return List.of(
        new VpnIsUp(context),
        new MailDomains(context),
        new HostsLookedUp(context),
        new BaseSetUpStands(context),
        new UsersInTool(),
        new LegalPages(context),
        new ConfirmApplications(),
        new ToolOrWaiver(),
        new ConfirmOffer());
  }
}
