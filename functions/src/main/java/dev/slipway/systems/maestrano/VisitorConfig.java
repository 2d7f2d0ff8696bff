package dev.slipway.systems.maestrano;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration that a frontend gives a browser: an AngularJS module of constants
 * (maestrano/mno-enterprise 4.0, api/app/views/mno_enterprise/config/show.js.coffee; 3.x,
 * api/app/assets/javascripts/mno_enterprise/config.js.coffee.erb). In production Uglifier has
 * shortened it: names without quotes, {@code !0} for true.
 *
 * @param values the settings as the series names them: {@code {"dashboard": {…}, "admin_panel":
 *     {…}}}
 */
public record VisitorConfig(JsonNode values) {

  /** The constants, and where the settings have the same: in 4.0 and later, or in 3.x. */
  private static final Map<String, String> PLACES =
      Map.ofEntries(
          entry("ADMIN_PANEL_CONFIG", "/admin_panel"),
          entry("IMPAC_CONFIG", "/impac"),
          entry("DASHBOARD_CONFIG", "/dashboard"),
          entry("I18N_CONFIG", "/system/i18n"),
          entry("PRICING_CONFIG", "/pricing"),
          entry("DOCK_CONFIG", "/dock"),
          entry("REVIEWS_CONFIG", "/reviews"),
          entry("QUESTIONS_CONFIG", "/questions"),
          entry("MARKETPLACE_CONFIG", "/marketplace"),
          entry("PAYMENT_CONFIG", "/payment"),
          entry("ORGANIZATION_MANAGEMENT", "/organization_management"),
          entry("USER_MANAGEMENT", "/user_management"),
          entry("AUDIT_LOG", "/audit_log"),
          entry("DEVISE_CONFIG", "/devise"),
          entry("INTERCOM_ID", "/intercom_id"),
          entry("GOOGLE_TAG_CONTAINER_ID", "/google_tag_container"));

  private static final Pattern CONSTANT =
      Pattern.compile("constant\\(\\s*+[\"']([A-Z0-9_]{1,60})[\"']\\s*+,");

  /** Texts are skipped, so that what stands in one stays. */
  private static final Pattern SHORTENED =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|!0|!1|void 0");

  private static final Map<String, String> LONG =
      Map.of("!0", "true", "!1", "false", "void 0", "null");

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
          .build()
          .reader();

  static VisitorConfig of(HttpAnswer answer) {
    String text = SHORTENED.matcher(answer.text()).replaceAll(VisitorConfig::inFull);
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    Matcher constant = CONSTANT.matcher(text);
    while (constant.find()) {
      String place = PLACES.get(constant.group(1));
      if (place != null) {
        put(values, place, value(answer, text.substring(constant.end())));
      }
    }
    if (values.isEmpty()) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD,
          answer.call().against() + " answers a configuration without constants.");
    }
    return new VisitorConfig(values);
  }

  private static String inFull(MatchResult found) {
    return Matcher.quoteReplacement(LONG.getOrDefault(found.group(), found.group()));
  }

  private static JsonNode value(HttpAnswer answer, String text) {
    try {
      return READER.readTree(text);
    } catch (JacksonException e) {
      throw answer.trouble(
          Kind.NOT_UNDERSTOOD,
          answer.call().against() + " answers a configuration that cannot be read.");
    }
  }

  private static void put(ObjectNode values, String place, JsonNode value) {
    int last = place.lastIndexOf('/');
    ObjectNode parent = last == 0 ? values : values.withObject(place.substring(0, last));
    parent.set(place.substring(last + 1), value);
  }

  /** A setting by its path, such as {@code dashboard.dock.enabled}; missing if it is not there. */
  public JsonNode value(String path) {
    return values.at("/" + path.replace('.', '/'));
  }
}
