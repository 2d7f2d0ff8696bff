package dev.slipway.enterprise.thirdpartyaccounts;

import dev.slipway.context.FunctionContext;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.systems.maps.GoogleMaps;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.task.About;
import dev.slipway.task.Finding;
import dev.slipway.task.TaskFunction;
import dev.slipway.task.Work;

/**
 * M60: the hub of an environment locates addresses. The project with its billing, and entering the
 * key, are people's; a machine tries the key, unless only the hub's own address may use it.
 */
public final class OpenGoogleMaps extends TaskFunction {
  private static final String ELEMENT = "component-hosts";

  private final HttpPort http;

  /** For Lambda. */
  public OpenGoogleMaps() {
    this(FunctionContext.lambda());
  }

  public OpenGoogleMaps(FunctionContext context) {
    this(context, context.egress());
  }

  OpenGoogleMaps(FunctionContext context, HttpPort http) {
    super(context);
    this.http = http;
  }

  @Override
  protected void perform(Work work) {
    work.step("account").about().attested();
    work.step("server-key").field(ELEMENT).machine(() -> key(work));
    String hub = ELEMENT + "." + work.at("environment") + ".mnohub";
    About entered = new VendorAccount(work, GoogleMaps.SYSTEM, ELEMENT).entered(hub);
    work.step("set").about(entered).attested();
    work.step("works").about(entered).attested();
  }

  @Override
  protected void verify(Work work) {
    work.proof(ELEMENT, () -> key(work));
  }

  private Finding key(Work work) {
    GoogleMaps maps = new GoogleMaps(http, work.secret(GoogleMaps.SYSTEM).path("apiKey").asText());
    return new Finding(
        "GET /maps/api/geocode/json",
        maps.against(),
        switch (maps.locate()) {
          case HERE -> "an address is located";
          case ELSEWHERE -> "the key is known, and only other addresses may use it";
        });
  }
}
