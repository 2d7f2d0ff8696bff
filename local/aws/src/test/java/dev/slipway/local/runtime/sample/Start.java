package dev.slipway.local.runtime.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Starts the parent state machine with the request's body. */
public final class Start implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final SampleContext context;
  private final SfnClient stepFunctions;

  public Start(SampleContext context) {
    this.context = context;
    this.stepFunctions = context.stepFunctions();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    var event = JSON.readTree(input);
    if (event.path("routeKey").asText().equals("GET /health")) {
      JSON.writeValue(output, JSON.createObjectNode().put("healthy", true));
      return;
    }
    var started =
        stepFunctions.startExecution(
            start ->
                start
                    .stateMachineArn(context.environment().get("SAMPLE_STATE_MACHINE"))
                    .name(jsonId(event.path("body").asText()))
                    .input(event.path("body").asText()));
    var response = JSON.createObjectNode().put("statusCode", 201);
    response.put(
        "body", JSON.createObjectNode().put("executionArn", started.executionArn()).toString());
    JSON.writeValue(output, response);
  }

  private static String jsonId(String body) {
    return body.replaceAll(".*\"id\" *: *\"([^\"]*)\".*", "$1");
  }
}
