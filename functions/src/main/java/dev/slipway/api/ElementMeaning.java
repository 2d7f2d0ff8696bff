package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.pattern.HostNames;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rules that a value of an element must keep beyond its schema: a time zone that there is, a
 * window that ends after it begins. Otherwise a task would find it out, weeks later.
 */
final class ElementMeaning {
  private static final String EACH = "*";

  /** A rule about one field, by element and path. */
  private record Rule(String element, List<String> path, Predicate<String> holds, String message) {
    static Rule of(String element, String path, Predicate<String> holds, String message) {
      return new Rule(element, List.of(path.split("/", -1)), holds, message);
    }
  }

  private static final String ZONE =
      "must be a time zone of the IANA database, such as Europe/Berlin, or UTC";
  private static final String CURRENCY = "must be a currency in use by ISO 4217, such as EUR";
  private static final String LANGUAGE =
      "must be a language by ISO 639-1, such as en, with a country by ISO 3166-1 if any";

  private static final List<Rule> RULES =
      List.of(
          Rule.of("maintenance-window", "zone", ElementMeaning::isZone, ZONE),
          Rule.of("contacts", "*/*/zone", ElementMeaning::isZone, ZONE),
          Rule.of("currency", "code", ElementMeaning::isCurrency, CURRENCY),
          Rule.of("external-billing", "currency", ElementMeaning::isCurrency, CURRENCY),
          Rule.of("mail-texts", "languages/*", ElementMeaning::isLanguage, LANGUAGE),
          Rule.of("mail-texts", "changes/*/language", ElementMeaning::isLanguage, LANGUAGE),
          Rule.of("uploader", "host", HostNames::isHost, "must be a host name or an IPv4 address"),
          Rule.of(
              "mail-server",
              "dkimSelector",
              text -> !text.contains(".."),
              "must not have two dots in a row"),
          Rule.of(
              "backup-storage",
              "bucket",
              text -> !text.contains("..") && !text.matches("[0-9.]+"),
              "must be a bucket's name: no two dots in a row, and no IP address"));

  private ElementMeaning() {}

  /** The errors of a value that its schema accepts. */
  static List<FieldError> errors(String element, JsonNode value) {
    List<FieldError> errors = new ArrayList<>();
    for (Rule rule : RULES) {
      if (rule.element.equals(element)) {
        look(rule, 0, "", value, errors);
      }
    }
    order(element, value, errors);
    return errors;
  }

  private static void look(
      Rule rule, int depth, String pointer, JsonNode at, List<FieldError> errors) {
    if (depth == rule.path.size()) {
      if (at.isTextual() && !rule.holds.test(at.textValue())) {
        errors.add(new FieldError(pointer, "meaning", rule.message));
      }
      return;
    }
    String name = rule.path.get(depth);
    if (name.equals(EACH) && at.isArray()) {
      for (int i = 0; i < at.size(); i++) {
        look(rule, depth + 1, pointer + "/" + i, at.get(i), errors);
      }
    }
    at.properties().stream()
        .filter(field -> name.equals(EACH) || name.equals(field.getKey()))
        .forEach(
            field ->
                look(
                    rule,
                    depth + 1,
                    pointer + "/" + Pointers.escape(field.getKey()),
                    field.getValue(),
                    errors));
  }

  /** An end must lie after its beginning. */
  private static void order(String element, JsonNode value, List<FieldError> errors) {
    if (element.equals("maintenance-window") && value.has("from") && value.has("to")) {
      Instant from = Instant.parse(value.get("from").asText());
      if (!from.isBefore(Instant.parse(value.get("to").asText()))) {
        errors.add(new FieldError("/to", "meaning", "must be later than `from`"));
      }
    }
    JsonNode ranges = value.path("ranges");
    for (int i = 0; element.equals("external-ip-ranges") && i < ranges.size(); i++) {
      byte[] first = octets(ranges.get(i).path("from").asText());
      byte[] last = octets(ranges.get(i).path("to").asText());
      if (Arrays.compareUnsigned(first, last) > 0) {
        errors.add(
            new FieldError("/ranges/" + i + "/to", "meaning", "must not be lower than `from`"));
      }
    }
  }

  private static byte[] octets(String address) {
    return InetAddress.ofLiteral(address).getAddress();
  }

  private static boolean isZone(String text) {
    return ZoneId.getAvailableZoneIds().contains(text);
  }

  /** Of a country today: neither a metal, nor a test code, nor a currency that was given up. */
  private static boolean isCurrency(String text) {
    Set<String> inUse =
        Arrays.stream(Locale.getISOCountries())
            .map(country -> Currency.getInstance(Locale.of("", country)))
            .filter(currency -> currency != null)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toSet());
    return inUse.contains(text);
  }

  private static boolean isLanguage(String text) {
    Locale locale = Locale.forLanguageTag(text);
    return Set.of(Locale.getISOLanguages()).contains(text.substring(0, 2))
        && (locale.getCountry().isEmpty()
            || Set.of(Locale.getISOCountries()).contains(locale.getCountry()));
  }
}
