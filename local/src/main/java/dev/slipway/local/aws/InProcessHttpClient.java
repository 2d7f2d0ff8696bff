package dev.slipway.local.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Hands requests to the endpoint of this process straight to it: a function makes dozens of them,
 * and sockets cost more than the answers. Marshalling, signature, permissions and errors are those
 * of the network.
 */
final class InProcessHttpClient implements SdkHttpClient {
  private final URI endpoint;
  private final AwsDispatcher dispatcher;
  private final SdkHttpClient network = UrlConnectionHttpClient.create();

  InProcessHttpClient(URI endpoint, AwsDispatcher dispatcher) {
    this.endpoint = endpoint;
    this.dispatcher = dispatcher;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    var http = request.httpRequest();
    boolean inside = http.host().equals(endpoint.getHost()) && http.port() == endpoint.getPort();
    return inside ? new Call(request) : network.prepareRequest(request);
  }

  @Override
  public String clientName() {
    return "InProcess";
  }

  @Override
  public void close() {
    network.close();
  }

  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;

    Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      var http = request.httpRequest();
      var answer =
          dispatcher.answer(
              new AwsRequest(
                  http.method().name(),
                  http.encodedPath(),
                  http.encodedQueryParameters().orElse(null),
                  name -> values(http, name),
                  body()));
      var response = SdkHttpFullResponse.builder().statusCode(answer.status());
      answer.headers().forEach(response::putHeader);
      return HttpExecuteResponse.builder()
          .response(response.build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
          .build();
    }

    private byte[] body() throws IOException {
      var content = request.contentStreamProvider();
      if (content.isEmpty()) {
        return new byte[0];
      }
      try (var input = content.get().newStream()) {
        return input.readAllBytes();
      }
    }

    /** There is nothing to cut: the answer is complete when there is one. */
    @Override
    public void abort() {}
  }

  private static List<String> values(SdkHttpRequest request, String name) {
    return request.matchingHeaders(name);
  }
}
