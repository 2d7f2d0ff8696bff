package dev.slipway.local.sandbox.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.HttpStandIn;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.Operation;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.util.List;

/**
 * The public pages of the hoster and of the enterprise customer: every path answers 200, unless the
 * world's part {@code website.pages} names it with another status.
 */
public final class Website implements HttpStandIn {
  private static final String SYSTEM = "website";
  private static final String ADDRESS = "203.0.113.60";

  private final World world;

  /** Pages as the world has them. */
  public Website(World world) {
    this.world = world;
  }

  @Override
  public String system() {
    return SYSTEM;
  }

  @Override
  public List<Site> sites() {
    return List.of(
        Site.https(SandboxDefaults.WEBSITE_HOST, ADDRESS),
        Site.https(SandboxDefaults.SUPPORT_HOST, ADDRESS),
        Site.https("www.customer.example", ADDRESS));
  }

  @Override
  public ObjectNode defaults() {
    ObjectNode part = Json.object();
    part.putObject("pages");
    return part;
  }

  @Override
  public Operation operation(HttpCall call) {
    return new Operation(call.method() + " page", call.host() + call.path());
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    String place = call.host() + call.path();
    int status = world.read(SYSTEM, part -> part.path("pages").path(place).asInt(200));
    HttpAnswer page =
        HttpAnswer.of(
            status, "text/html; charset=utf-8", "<html><body>" + place + "</body></html>");
    return status / 100 == 3 ? page.with("Location", "https://" + call.host() + "/moved") : page;
  }
}
