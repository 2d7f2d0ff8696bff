package dev.slipway.systems.analytics;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import java.net.URI;

/**
 * A container of Google Tag Manager, as its script tells what was published in it.
 *
 * @param id of the form {@code GTM-…}
 */
public record TagContainer(String id) {
  private static final String SCRIPT = "https://www.googletagmanager.com/gtm.js?id=";

  /**
   * Whether a tag with a measurement id was published in it. Google is reported, not documented, to
   * answer HTTP 404 while nothing was.
   */
  public boolean carries(String measurementId, HttpPort http) {
    HttpAnswer answer =
        http.send(
            HttpCall.get(
                GoogleAnalytics.SYSTEM,
                "gtm.js",
                Destination.VENDOR,
                URI.create(SCRIPT + id),
                Redactor.none()));
    return answer.status() != 404 && answer.orTrouble().text().contains(measurementId);
  }
}
