package dev.slipway.local.aws;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Requests that come over HTTP. */
final class AwsRequestHandler extends Handler.Abstract {
  private final AwsDispatcher dispatcher;

  AwsRequestHandler(AwsDispatcher dispatcher) {
    super(InvocationType.BLOCKING);
    this.dispatcher = dispatcher;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    var answer =
        dispatcher.answer(
            new AwsRequest(
                request.getMethod(),
                request.getHttpURI().getPath(),
                request.getHttpURI().getQuery(),
                request.getHeaders()::getValuesList,
                body(request)));
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  /** One byte more than may be is enough to refuse it. */
  private static byte[] body(Request request) throws IOException {
    try (var input = Content.Source.asInputStream(request)) {
      return input.readNBytes(AwsDispatcher.MOST_BYTES + 1);
    }
  }
}
