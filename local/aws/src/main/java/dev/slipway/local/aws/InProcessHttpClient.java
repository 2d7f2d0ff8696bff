package dev.slipway.local.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Hands requests to the endpoint of this process straight to it: a function makes dozens of them,
 * and sockets cost more than the answers. Marshalling, signature, permissions and errors are those
 * of the network; and as there, a request that was begun goes on when the caller is interrupted.
 */
final class InProcessHttpClient implements SdkHttpClient {
  private final URI endpoint;
  private final AwsDispatcher dispatcher;
  private final SdkHttpClient network = UrlConnectionHttpClient.create();
  private volatile boolean closed;

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
    closed = true;
    network.close();
  }

  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;

    Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      if (closed) {
        throw new ConnectException("the endpoint " + endpoint + " is closed");
      }
      var http = request.httpRequest();
      var asked =
          new AwsRequest(
              http.method().name(),
              http.encodedPath(),
              http.encodedQueryParameters().orElse(null),
              http::matchingHeaders,
              body());
      var answer = answered(asked);
      var response = SdkHttpFullResponse.builder().statusCode(answer.status());
      answer.headers().forEach(response::putHeader);
      return HttpExecuteResponse.builder()
          .response(response.build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
          .build();
    }

    /** On a thread of its own, but for what another one answers anyway: an interrupt cuts files. */
    private AwsAnswer answered(AwsRequest asked) throws IOException {
      if (dispatcher.passesOn(asked)) {
        return dispatcher.answer(asked);
      }
      var answering = new FutureTask<>(() -> dispatcher.answer(asked));
      Thread.ofVirtual().name("aws-in-process").start(answering);
      try {
        return answering.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the answer");
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
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
}
