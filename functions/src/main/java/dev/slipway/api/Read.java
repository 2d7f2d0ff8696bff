package dev.slipway.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The function of all routes by which people look at things: one function for all of them is warm
 * more often than one for each. Each route has a class of its own, which is loaded when the route
 * is first asked for, so that a cold start pays for one of them only.
 */
public final class Read implements RequestStreamHandler {
  private final FunctionContext context;
  private final Map<String, RequestStreamHandler> routes = new ConcurrentHashMap<>();

  /** For Lambda. */
  public Read() {
    this(FunctionContext.lambda());
  }

  public Read(FunctionContext context) {
    this.context = context;
  }

  /**
   * Has the route's class answer.
   *
   * @throws IllegalArgumentException if the event is of no route of this function
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    byte[] event = input.readAllBytes();
    String key = Json.MAPPER.readTree(event).path("routeKey").asText();
    route(key).handleRequest(new ByteArrayInputStream(event), output, lambda);
  }

  /** The class that answers a route, such as {@code GET /onboardings}. */
  RequestStreamHandler route(String key) {
    return routes.computeIfAbsent(key, this::newRoute);
  }

  private RequestStreamHandler newRoute(String key) {
    return switch (key) {
      case "GET /me" -> new GetMe(context);
      case "GET /portfolio" -> new GetPortfolio(context);
      case "GET /open-work" -> new ListOpenWork(context);
      case "GET /onboardings/{onboarding}/tasks" -> new ListTasks(context);
      case "GET /onboardings/{onboarding}/tasks/{task}" -> new GetTask(context);
      case "GET /onboardings" -> new ListOnboardings(context);
      case "GET /onboardings/{onboarding}" -> new GetOnboarding(context);
      case "GET /onboardings/{onboarding}/plan" -> new GetPlan(context);
      case "GET /onboardings/{onboarding}/elements" -> new ListElements(context);
      case "POST /onboardings/{onboarding}/elements/{element}/preview" ->
          new PreviewElement(context);
      case "GET /onboardings/{onboarding}/files" -> new ListFiles(context);
      case "GET /onboardings/{onboarding}/files/{sha256}" -> new DownloadFile(context);
      case "GET /onboardings/{onboarding}/events" -> new ListEvents(context);
      case "GET /guests/{onboarding}/{grant}/ask" -> new GetGuestAsk(context);
      case "GET /guests/{onboarding}/{grant}/files/{sha256}" -> new DownloadAsGuest(context);
      case "GET /onboardings/{onboarding}/people" -> new ListPeople(context);
      case "GET /onboardings/{onboarding}/notes" -> new ListNotes(context);
      case "GET /onboardings/{onboarding}/report" -> new GetReport(context);
      case "GET /onboardings/{onboarding}/sign-off" -> new GetSignOff(context);
      case "GET /onboardings/{onboarding}/looks" -> new ListLooks(context);
      case "GET /onboardings/{onboarding}/looks/{number}" -> new GetAddendum(context);
      case "GET /onboardings/{onboarding}/probe-runners" -> new ListProbeRunners(context);
      default -> throw new IllegalArgumentException("routeKey: Read has no route " + key);
    };
  }
}
