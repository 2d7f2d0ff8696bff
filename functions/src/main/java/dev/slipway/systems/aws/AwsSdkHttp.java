package dev.slipway.systems.aws;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.Redactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Carries the SDK's clients over the one way out, so that the address guard, the proxy, the masking
 * and the limits hold for them as well. The SDK sees successes only: an error of AWS is thrown as
 * the trouble that it is, before the SDK reads it.
 */
final class AwsSdkHttp implements SdkHttpClient {

  private final AwsSession session;

  AwsSdkHttp(AwsSession session) {
    this.session = session;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest asked) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return executed(session.send(httpCall(asked)));
      }

      @Override
      public void abort() {
        // The call has ended by itself when the answer's time is over.
      }
    };
  }

  private static HttpCall httpCall(HttpExecuteRequest asked) throws IOException {
    SdkHttpRequest request = asked.httpRequest();
    HttpCall call =
        HttpCall.get(
                AwsSession.SYSTEM,
                request.method() + " " + request.encodedPath(),
                Destination.VENDOR,
                request.getUri(),
                Redactor.none())
            .method(request.method().name());
    for (String name : request.headers().keySet()) {
      call = call.header(name, request.firstMatchingHeader(name).orElse(""));
    }
    if (asked.contentStreamProvider().isEmpty()) {
      return call;
    }
    try (InputStream content = asked.contentStreamProvider().get().newStream()) {
      String type = request.firstMatchingHeader("Content-Type").orElse("application/octet-stream");
      return call.body(type, Bytes.of(content.readAllBytes()));
    }
  }

  private static HttpExecuteResponse executed(HttpAnswer answer) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder().statusCode(answer.status()).headers(answer.headers()).build())
        .responseBody(
            AbortableInputStream.create(new ByteArrayInputStream(answer.body().toArray())))
        .build();
  }

  @Override
  public void close() {
    // The way out belongs to the function.
  }
}
