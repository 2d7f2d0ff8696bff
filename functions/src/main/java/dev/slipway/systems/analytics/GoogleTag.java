package dev.slipway.systems.analytics;

import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.web.PageSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tag of one measurement id: its script at Google, the snippet for the dashboard, and whether a
 * page holds it.
 *
 * @param id of the form {@code G-…}
 */
public record GoogleTag(String id) {
  /** The form of a Google Analytics 4 measurement id. */
  public static final Pattern FORM = Pattern.compile("G-[A-Z0-9]{6,12}");

  private static final String SYSTEM = "google-analytics";
  private static final String SCRIPT = "https://www.googletagmanager.com/gtag/js?id=";

  /** The function that the platform's dashboard calls with each of a user's actions. */
  private static final Pattern HOOK =
      Pattern.compile("(window\\s*\\.\\s*_onTrackUserEvent\\s*=|function\\s+_onTrackUserEvent\\b)");

  /**
   * Fetches the script.
   *
   * @return its size in bytes
   * @throws SystemTrouble {@code NOT_FOUND} when Google knows no such id (which it is reported, not
   *     documented, to say by HTTP 404)
   */
  public int fetch(HttpPort http) {
    HttpAnswer answer =
        http.send(
            HttpCall.get(
                SYSTEM, "gtag/js", Destination.VENDOR, URI.create(SCRIPT + id), Redactor.none()));
    if (!answer.orTrouble().text().contains(id)) {
      throw answer.trouble(
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "Google answered another page than the script of " + id + ".");
    }
    return answer.body().size();
  }

  /** The snippet for the dashboard's {@code header.html}. */
  public String snippet() {
    return """
    <script async src="%1$s%2$s"></script>
    <script>
      window.dataLayer = window.dataLayer || [];
      function gtag(){dataLayer.push(arguments);}
      gtag('js', new Date());
      gtag('config', '%2$s');
      window._onTrackUserEvent = function (e) {
        gtag('set', {'user_id': e.userId});
        gtag('event', e.action, {
          'event_category': e.category,
          'event_label': e.label,
          'value': e.value,
          'user_group': e.userGroup,
          'user_group_type': e.userGroupType
        });
      };
    </script>
    """
        .formatted(SCRIPT, id);
  }

  /** The parts of the tag that a page lacks, in words; empty when none. */
  public List<String> missingIn(PageSource page) {
    List<String> missing = new ArrayList<>();
    if (!page.contains(Pattern.compile("gtag/js\\?id=" + Pattern.quote(id) + "(?![A-Z0-9])"))) {
      missing.add("the script gtag/js with the measurement id " + id);
    }
    if (!page.contains(HOOK)) {
      missing.add("the hook _onTrackUserEvent");
    }
    return List.copyOf(missing);
  }
}
