package dev.slipway.local.runtime.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Passes an answer on to the task that waits for it; an answer "again" asks anew. */
public final class Wake implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final SfnClient stepFunctions;

  public Wake(SampleContext context) {
    this.stepFunctions = context.stepFunctions();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    var event = JSON.readTree(input);
    var failures = JSON.createArrayNode();
    for (var item : event.path("Records")) {
      var image = item.at("/dynamodb/NewImage");
      var answer = image.at("/answer/S").asText();
      if (answer.equals("poison")) {
        failures.addObject().put("itemIdentifier", item.at("/dynamodb/SequenceNumber").asText());
        break;
      }
      if (!answer.isEmpty() && image.has("taskToken")) {
        send(image.at("/taskToken/S").asText(), answer);
      }
    }
    output.write(
        JSON.createObjectNode()
            .set("batchItemFailures", failures)
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  private void send(String token, String answer) {
    try {
      if (answer.equals("again")) {
        stepFunctions.sendTaskFailure(send -> send.taskToken(token).error("Sample.Again"));
      } else {
        stepFunctions.sendTaskSuccess(
            send ->
                send.taskToken(token)
                    .output(JSON.createObjectNode().put("answer", answer).toString()));
      }
    } catch (TaskTimedOutException e) {
      // Answered before: a stream delivers at least once.
      return;
    }
  }
}
