package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.MaintenanceWindow;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.OldSettings;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Set;

/**
 * V07: the dashboard shows the provider's logo and leads to its pages. Links are settings; no
 * public method takes a logo, so a person uploads it and the live page is looked at.
 */
public final class ApplyBranding extends TaskFunction {
  private static final String FIELD = "branding";

  private final ThirdParties parties;

  /** For Lambda. */
  public ApplyBranding() {
    this(FunctionContext.lambda());
  }

  public ApplyBranding(FunctionContext context) {
    this(context, new Network(context.egress()));
  }

  ApplyBranding(FunctionContext context, ThirdParties parties) {
    super(context);
    this.parties = parties;
  }

  @Override
  protected void perform(Work work) {
    LinkSettings settings = new LinkSettings(work, parties.platform(work));
    usable(work);
    work.step("write-settings")
        .about(settings.about())
        .field("branding.links")
        .leftToPerson(LinkSettings.LEFT_TO_PERSON)
        .machine(settings::write)
        .orPerson(() -> settings.compare(work.answer("write-settings")));
    if (settings.changes().toBeApplied()) {
      awaitWindow(work);
      settings
          .changes()
          .applied(
              work.step("apply-settings")
                  .about(settings.changes().about())
                  .field("branding.links")
                  .machine(settings.changes()::apply)
                  .orPerson(() -> settings.compare(work.answer("write-settings"))));
    }
  }

  @Override
  protected void verify(Work work) {
    usable(work);
    LinkSettings settings = new LinkSettings(work, parties.platform(work));
    work.proof(
        "branding.links",
        () -> settings.compare(work.step("write-settings").about(settings.about()).statement()));
    About about = work.about("platform.domain", FIELD);
    DashboardBranding dashboard = new DashboardBranding(work, parties, settings.allNamed());
    work.step("upload-logos")
        .about(about)
        .field(FIELD)
        .leftToPerson(Set.of(Kind.NOT_FOUND))
        .machine(dashboard::shown)
        .orPerson(dashboard::look);
    work.step("approve-branding").about(about).attested();
  }

  @Override
  protected void putBack(Work work, String request) {
    new OldSettings(work, parties.platform(work), "branding.links").putBack(request);
  }

  private void usable(Work work) {
    work.step("check-files").field(FIELD).machine(() -> new BrandingFiles(work).check());
    BrandingLinks.of(work)
        .forEach(
            (name, link) ->
                work.step("check-links")
                    .field(BrandingLinks.field(name))
                    .machine(() -> BrandingLinks.open(parties, name, link)));
  }

  private static void awaitWindow(Work work) {
    work.step("apply-settings")
        .field("maintenance-window")
        .machine(
            () -> {
              new MaintenanceWindow(work.element("maintenance-window"))
                  .opensAt(work.now())
                  .ifPresent(
                      opens ->
                          work.waitUntil(
                              opens,
                              "The settings are applied when the maintenance window opens at "
                                  + opens
                                  + "."));
              return new Finding("maintenance window", "maintenance-window", "open");
            });
  }
}
