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
    work.machineOrPerson(
        "write-settings",
        settings.about(),
        "branding.links",
        LinkSettings.LEFT_TO_PERSON,
        settings::write,
        () -> settings.compare(work.answer("write-settings")));
    if (settings.changes().toBeApplied()) {
      awaitWindow(work);
      settings
          .changes()
          .applied(
              work.machineOrPerson(
                  "apply-settings",
                  settings.changes().about(),
                  "branding.links",
                  settings.changes()::apply,
                  () -> settings.compare(work.answer("write-settings"))));
    }
  }

  @Override
  protected void verify(Work work) {
    usable(work);
    LinkSettings settings = new LinkSettings(work, parties.platform(work));
    work.proof(
        "branding.links", () -> settings.compare(work.answer("write-settings", settings.about())));
    About about = work.about("platform.domain", FIELD);
    DashboardBranding dashboard = new DashboardBranding(work, parties, settings.allNamed());
    work.machineOrPerson(
        "upload-logos", about, FIELD, Set.of(Kind.NOT_FOUND), dashboard::shown, dashboard::look);
    work.attested("approve-branding", about);
  }

  @Override
  protected void putBack(Work work, String request) {
    new OldSettings(work, parties.platform(work), "branding.links").putBack(request);
  }

  private void usable(Work work) {
    work.machine("check-files", FIELD, () -> new BrandingFiles(work).check());
    BrandingLinks.of(work)
        .forEach(
            (name, link) ->
                work.machine(
                    "check-links",
                    BrandingLinks.field(name),
                    () -> BrandingLinks.open(parties, name, link)));
  }

  private static void awaitWindow(Work work) {
    work.machine(
        "apply-settings",
        "maintenance-window",
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
