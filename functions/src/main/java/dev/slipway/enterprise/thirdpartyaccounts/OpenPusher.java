package dev.slipway.enterprise.thirdpartyaccounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.enterprise.VisitorSettings;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.pusher.Pusher;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.InstantSource;
import java.util.Map;

/**
 * M59: dashboards show changes at once. Each environment has an app of Pusher of its own, else
 * alerts of UAT reach users. Making the app and entering its keys are people's; a machine tries the
 * keys, sees that the frontends have the public one, and sends an event.
 */
public final class OpenPusher extends TaskFunction {
  private static final String ELEMENT = "pusher";
  private static final String CHANNEL = "slipway-check";

  private final HttpPort http;
  private final InstantSource clock;

  /** For Lambda. */
  public OpenPusher() {
    this(FunctionContext.lambda());
  }

  public OpenPusher(FunctionContext context) {
    this(context, context.egress());
  }

  OpenPusher(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
    this.clock = context.clock();
  }

  @Override
  protected void perform(Work work) {
    String app = ELEMENT + ".appId." + work.at("environment");
    work.step("account").about(app).attested();
    work.step("key").field(app).machine(() -> key(work));
    About entered =
        new VendorAccount(work, Pusher.SYSTEM, ELEMENT)
            .entered("tenants." + work.at("environment"));
    work.step("set").about(entered).attested();
    work.step("seen").field("tenants").machine(() -> seen(work));
    work.step("event").field(app).machine(() -> event(work));
  }

  @Override
  protected void verify(Work work) {
    work.proof(ELEMENT, () -> key(work));
    work.proof("tenants", () -> seen(work));
  }

  private static String version(Work work) {
    return work.secretVersion(Pusher.SYSTEM);
  }

  private Pusher pusher(Work work) {
    JsonNode secret = work.secret(Pusher.SYSTEM);
    return new Pusher(
        http,
        clock,
        Pusher.address(secret.path("cluster").asText()),
        new Pusher.App(
            secret.path("appId").asText(),
            secret.path("key").asText(),
            secret.path("secret").asText()));
  }

  /** Both environments' apps are named in the element, where no two may be the same. */
  private Finding key(Work work) {
    String environment = work.at("environment");
    JsonNode apps = work.element(ELEMENT).path("appId");
    if (!apps.path(environment).equals(work.secret(Pusher.SYSTEM).path("appId"))) {
      throw new UnmetRequirement(
          "pusher.other-app",
          Pusher.SYSTEM,
          "credential:pusher@" + environment,
          "The keys are those of another app than `pusher.appId.%s` names.".formatted(environment),
          "Store the keys of that app, or correct the element; then retry.");
    }
    Pusher pusher = pusher(work);
    return new Finding(
        "GET /apps/{id}/channels",
        pusher.against(),
        pusher.channels() + " channel(s) occupied, an app of " + environment + " alone");
  }

  private Finding seen(Work work) {
    return new VisitorSettings(work, http)
        .shown(
            "impac.pusher.key",
            work.secret(Pusher.SYSTEM).path("key").asText(),
            "express.pusher-not-seen",
            "the key of Pusher (without it dashboards say \"Alerts are disabled!\")");
  }

  private Finding event(Work work) {
    Pusher pusher = pusher(work);
    String at =
        work.once(
            "event:" + version(work),
            "event-sent:" + version(work),
            () -> pusher.trigger(CHANNEL, "checked", Map.of("onboarding", work.onboarding())));
    return new Finding(
        "POST /apps/{id}/events", pusher.against(), "an event on " + CHANNEL + ", at " + at);
  }
}
