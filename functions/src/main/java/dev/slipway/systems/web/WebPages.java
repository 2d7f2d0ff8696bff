package dev.slipway.systems.web;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;

/**
 * Opens pages as a browser without a login does, always with a valid certificate, never following a
 * redirect. Every method throws {@link SystemTrouble} when no complete answer came.
 *
 * <pre>{@code
 * PageSource page = new WebPages(http, "website").page(URI.create("https://example.com/"));
 * }</pre>
 */
public final class WebPages {
  private static final int OK = 200;

  private final HttpPort http;
  private final String system;

  /**
   * Pages of a system.
   *
   * @param system its name in troubles, such as {@code platform}
   */
  public WebPages(HttpPort http, String system) {
    this.http = http;
    this.system = system;
  }

  /**
   * The status of an address. Its header is asked for first, which is enough for large files; not
   * every server answers that, so the whole is asked for when the header is not 200.
   */
  public HttpAnswer open(URI address) {
    HttpCall get = call(address, "page");
    HttpAnswer header = http.send(get.method("HEAD"));
    return header.status() == OK ? header : http.send(get);
  }

  /** A page's source; a status other than 2xx is a trouble. */
  public PageSource page(URI address) {
    return new PageSource(address, http.send(call(address, "page")).orTrouble().text());
  }

  /** A file's content; a status other than 2xx is a trouble. */
  public Bytes file(URI address) {
    return http.send(call(address, "file")).orTrouble().body();
  }

  private HttpCall call(URI address, String asked) {
    return HttpCall.get(
        system, asked + " " + address.getPath(), Destination.CUSTOMER, address, Redactor.none());
  }
}
