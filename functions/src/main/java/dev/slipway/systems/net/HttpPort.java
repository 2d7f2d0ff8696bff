package dev.slipway.systems.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The small interface behind which every HTTP call to a third party is made. */
@FunctionalInterface
public interface HttpPort {

  /**
   * Sends one request and reads the whole answer (1 MB at most). Redirects are never followed. A
   * call marked as read-only is repeated at most twice, shortly, when connecting fails or the
   * answer is 429, 502, 503 or 504; every other status comes back as an answer.
   *
   * @throws SystemTrouble when no complete HTTP answer came, or the host is not allowed
   */
  HttpAnswer send(HttpCall call);

  /**
   * As {@link #send(HttpCall)}, for a body of any size: of an answer of 2xx the reader gets the
   * body while it arrives, and the answer holds none.
   *
   * @param reader begins anew whenever it is called: a repeated call is read again
   */
  default HttpAnswer send(HttpCall call, BodyReader reader) {
    HttpAnswer answer = send(call);
    if (!answer.isSuccess()) {
      return answer;
    }
    try {
      reader.read(new ByteArrayInputStream(answer.body().toArray()));
    } catch (IOException e) {
      throw TroubleClassifier.of(e, call.system(), call.asked(), call.against(), call.redactor());
    }
    return answer;
  }

  /**
   * The same way out that trusts one authority more, such as that of a customer's own server.
   *
   * @param pem its certificate
   * @throws IllegalArgumentException if that is no certificate
   */
  default HttpPort trusting(String pem) {
    return this;
  }

  /** Reads a body as it arrives, and keeps of it what matters. */
  @FunctionalInterface
  interface BodyReader {
    /**
     * Reads to the end.
     *
     * @throws SystemTrouble when the body is not what was asked for
     */
    void read(InputStream body) throws IOException;
  }
}
