package dev.slipway.hostingprovider.platformcustomization;

import dev.slipway.context.FunctionContext;
import dev.slipway.hostingprovider.Network;
import dev.slipway.hostingprovider.OldSettings;
import dev.slipway.hostingprovider.ThirdParties;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.About;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;
import java.util.Optional;
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
    settings
        .step()
        .machine(settings::write)
        .orPerson(entered -> settings.compare(Optional.of(entered)));
    settings
        .changes()
        .applyInWindow("branding.links", () -> settings.compare(work.answer("write-settings")));
  }

  @Override
  protected void verify(Work work) {
    usable(work);
    LinkSettings settings = new LinkSettings(work, parties.platform(work));
    work.proof("branding.links", () -> settings.compare(settings.step().statement()));
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
}
