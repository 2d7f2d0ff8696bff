package dev.slipway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.context.FunctionContext;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.template.FunctionResource;
import dev.slipway.local.template.RouteResource;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description, the template and the classes name the same routes. */
class TemplateRoutesTest {
  private final ApiDescription description = new ApiDescription();
  private final Template template =
      Template.read(
          ProjectRoot.find().resolve("template.yaml"),
          Stack.local(
              "slipway", Map.of("JwtIssuer", "https://issuer.example/", "JwtAudience", "slipway")));

  /** The API's: those of the pages answer no data, and are described nowhere. */
  private List<RouteResource> routes() {
    return template.routes().stream().filter(route -> !route.functionId().equals("Web")).toList();
  }

  @Test
  void theTemplatesRoutesAreThoseDescribed() {
    Map<String, String> described = new TreeMap<>();
    description
        .operations()
        .forEach((id, route) -> described.put(route.method() + " " + route.path(), id));
    Map<String, String> routed = new TreeMap<>();
    routes().forEach(route -> routed.put(route.routeKey(), route.event()));
    assertEquals(described, routed);
  }

  @Test
  void everyRouteAsksForATokenButTheProbeRunnersOwnAndTheGuests() {
    for (RouteResource route : routes()) {
      assertEquals(
          description.operations().get(route.event()).asksForAToken(),
          route.authorizer().isPresent(),
          route.routeKey());
    }
    assertEquals(
        Set.of(
            "FetchProbes",
            "PostProbeResult",
            "RedeemProbeCode",
            "SendGuestCode",
            "OpenGuestSession",
            "GetGuestAsk",
            "DownloadAsGuest",
            "AnswerAsGuest",
            "UploadAsGuest",
            "SaveAsGuest",
            "StoreAsGuest"),
        description.operations().keySet().stream()
            .filter(operation -> !description.operationsOfPeople().containsKey(operation))
            .collect(Collectors.toSet()));
  }

  @Test
  void nobodyNeedsATokenForThePagesWhichAreReadOnly() {
    List<RouteResource> pages =
        template.routes().stream().filter(route -> route.functionId().equals("Web")).toList();
    assertEquals(
        Set.of("GET /", "GET /app", "GET /app/{proxy+}", "GET /favicon.ico"),
        pages.stream().map(RouteResource::routeKey).collect(Collectors.toSet()));
    pages.forEach(page -> assertEquals(Optional.empty(), page.authorizer(), page.routeKey()));
    assertEquals("dev.slipway.web.Web", template.function("Web").orElseThrow().handler());
  }

  @Test
  void aRoutesFunctionIsTheClassOfItsName() {
    Read read = new Read(FunctionContext.of(Map.of(), InstantSource.system()));
    for (RouteResource route : routes()) {
      FunctionResource function = template.function(route.functionId()).orElseThrow();
      assertEquals("dev.slipway.api." + route.functionId(), function.handler());
      assertEquals(
          "dev.slipway.api." + route.event(),
          route.functionId().equals("Read")
              ? read.route(route.routeKey()).getClass().getName()
              : function.handler());
    }
  }

  @Test
  void theDescriptionsExamplesAreAsDescribed() {
    assertEquals(List.of(), description.badExamples());
  }
}
