package dev.slipway.local.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.lambda.FunctionInvoker;
import dev.slipway.local.lambda.InvocationResult;
import dev.slipway.local.template.FunctionResource;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** The functions of a deployed stack, under the ARNs that the template gives them locally. */
final class DeployedFunctions implements FunctionInvoker {
  private final LambdaClient lambda;
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param resources physical names by logical ones
   */
  DeployedFunctions(LambdaClient lambda, Template template, Map<String, String> resources) {
    this.lambda = lambda;
    for (FunctionResource function : template.functions()) {
      names.put(function.arn(), resources.get(function.logicalId()));
    }
  }

  @Override
  public CompletableFuture<InvocationResult> invoke(String arn, JsonNode payload) {
    return CompletableFuture.supplyAsync(
        () -> {
          InvokeResponse answer =
              lambda.invoke(
                  r ->
                      r.functionName(names.get(arn))
                          .payload(SdkBytes.fromUtf8String(payload.toString())));
          try {
            JsonNode body = Json.MAPPER.readTree(answer.payload().asUtf8String());
            return new InvocationResult(
                "",
                body,
                Optional.ofNullable(answer.functionError())
                    .map(kind -> body.path("errorType").asText(kind)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
