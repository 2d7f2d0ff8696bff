package dev.slipway.systems.net;

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
}
