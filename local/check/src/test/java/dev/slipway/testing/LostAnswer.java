package dev.slipway.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** A way to DynamoDB on which the answer to the first write is lost. */
final class LostAnswer implements SdkHttpClient {
  private final SdkHttpClient through;
  private final Runnable meanwhile;
  private final AtomicBoolean lost = new AtomicBoolean();

  LostAnswer(SdkHttpClient through, Runnable meanwhile) {
    this.through = through;
    this.meanwhile = meanwhile;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = through.prepareRequest(request);
    boolean writes =
        request
            .httpRequest()
            .firstMatchingHeader("X-Amz-Target")
            .filter(target -> target.endsWith(".PutItem") || target.endsWith(".TransactWriteItems"))
            .isPresent();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        HttpExecuteResponse answer = prepared.call();
        if (writes && !lost.getAndSet(true)) {
          meanwhile.run();
          throw new IOException("the connection was cut");
        }
        return answer;
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public void close() {
    through.close();
  }
}
