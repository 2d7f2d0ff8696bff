package dev.slipway.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.NewerItemException;
import dev.slipway.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The function of one route. Takes and answers payload format 2.0 of API Gateway's HTTP APIs. A
 * subclass does what is particular to the route; the steps of every route are here: authentication,
 * authorization, and the form of a refusal or a failure (RFC 9457).
 */
public abstract class ApiFunction implements RequestStreamHandler {
  private static final int TRIES = 10;

  private final FunctionContext context;
  private final Admission admission;

  /**
   * @param permitted the roles of which the caller must have one
   */
  ApiFunction(FunctionContext context, Role... permitted) {
    this(context, Admission.of(Set.of(permitted), account -> context.memberships().of(account)));
  }

  ApiFunction(FunctionContext context, Admission admission) {
    this.context = context;
    this.admission = admission;
  }

  /**
   * Answers.
   *
   * @throws Refusal if it cannot be done; it says why
   * @throws LostRaceException if an item that was read was changed before the write: the call is
   *     answered anew
   */
  abstract ApiAnswer answer(ApiCall call);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    ObjectNode line = Json.MAPPER.createObjectNode();
    ApiAnswer answer = answer(input, lambda, line);
    line.put("status", answer.status());
    Log.of(lambda).write(line);
    Json.MAPPER.writeValue(output, answer.payload());
  }

  /** Every throwable, a stack overflow included, is told to the caller and in the log. */
  private ApiAnswer answer(InputStream input, Context lambda, ObjectNode line) {
    String request = lambda.getAwsRequestId();
    try {
      ApiEvent event = ApiEvent.read(input);
      request = event.requestId();
      line.put("request", request).put("route", event.route());
      for (String name : List.of("onboarding", "section", "task")) {
        if (event.path().containsKey(name)) {
          line.put(name, event.path(name));
        }
      }
      return answer(event, lambda, line);
    } catch (Throwable e) {
      line.set("trouble", Log.trouble(e));
      return told(unexpected(), request, line);
    }
  }

  private ApiAnswer answer(ApiEvent event, Context lambda, ObjectNode line) {
    try {
      Caller caller = admission.admit(event.claims());
      line.put("caller", caller.subject());
      ApiAnswer answer =
          anew(
              new ApiCall(
                  context,
                  event,
                  caller,
                  lambda.getRemainingTimeInMillis(),
                  text -> line.put("note", text)));
      return event.acceptsGzip() ? answer.compressed() : answer;
    } catch (Refusal refusal) {
      line.put("code", refusal.code());
      return refusal.answer(event.requestId());
    } catch (LostRaceException e) {
      return told(
          Refusal.of(
              409, "onboarding.changed", "Another caller changed it meanwhile: read it again."),
          event.requestId(),
          line);
    } catch (SdkException e) {
      line.set("trouble", Log.trouble(e));
      boolean mayPass =
          !(e instanceof AwsServiceException answered)
              || answered.statusCode() >= 500
              || answered.isThrottlingException();
      return told(mayPass ? unavailable() : unexpected(), event.requestId(), line);
    } catch (NewerItemException e) {
      line.set("trouble", Log.trouble(e));
      return told(
          Refusal.of(
              503,
              "slipway.older-than-ledger",
              "A newer version of Slipway wrote what this one does not know: deploy that again."),
          event.requestId(),
          line);
    }
  }

  /**
   * A call that loses a race wrote nothing: everything is read and checked again, for the request
   * may not be permitted any more.
   */
  private ApiAnswer anew(ApiCall call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return answer(call);
      } catch (LostRaceException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private static ApiAnswer told(Refusal refusal, String request, ObjectNode line) {
    line.put("code", refusal.code());
    return refusal.answer(request);
  }

  private static Refusal unavailable() {
    return Refusal.of(
            503,
            "slipway.unavailable",
            "A service that Slipway rests on did not answer: try again.")
        .header("Retry-After", "5");
  }

  private static Refusal unexpected() {
    return Refusal.of(
        500, "slipway.unexpected", "The request could not be handled; the log says why.");
  }
}
