package dev.slipway.local.aws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Requests that come over HTTP. */
final class AwsRequestHandler extends Handler.Abstract {
  /** DynamoDB's limit, which is the highest. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final AwsDispatcher dispatcher;

  AwsRequestHandler(AwsDispatcher dispatcher) {
    super(InvocationType.BLOCKING);
    this.dispatcher = dispatcher;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var answer =
        body(request)
            .map(
                body ->
                    dispatcher.answer(
                        new AwsRequest(
                            request.getMethod(),
                            request.getHttpURI().getPath(),
                            request.getHttpURI().getQuery(),
                            request.getHeaders()::getValuesList,
                            body)))
            .orElseGet(AwsRequestHandler::tooLarge);
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private static Optional<byte[]> body(Request request) throws IOException {
    if (request.getLength() > MOST_BYTES) {
      return Optional.empty();
    }
    try (var input = Content.Source.asInputStream(request)) {
      var body = input.readNBytes(MOST_BYTES + 1);
      return body.length > MOST_BYTES ? Optional.empty() : Optional.of(body);
    }
  }

  private static AwsAnswer tooLarge() {
    var error =
        new AwsException("RequestEntityTooLarge", "The request is too large.", 413, Map.of());
    return new AwsAnswer(
        error.status(),
        Map.of("Content-Type", "application/x-amz-json-1.1", "x-amzn-ErrorType", error.code()),
        error.body().toString().getBytes(StandardCharsets.UTF_8));
  }
}
