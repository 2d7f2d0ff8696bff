package dev.slipway.hostingprovider;

import dev.slipway.element.CheckProvider;
import dev.slipway.element.ElementCheck;
import dev.slipway.element.FieldCheck;
import dev.slipway.pattern.HostNames;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The checks of hosting-provider's elements beyond their schemas. Otherwise a task would find out,
 * weeks later.
 */
public final class HostingProviderChecks implements CheckProvider {
  @Override
  public List<ElementCheck> checks() {
    return List.of(
        new AscendingRanges(),
        new FieldCheck(
            "KnownCurrency",
            Set.of("code", "currency"),
            HostingProviderChecks::isCurrency,
            "currency.unknown",
            "No country uses such a currency (ISO 4217).",
            "Give one such as EUR."),
        new FieldCheck(
            "KnownLanguage",
            Set.of("language", "languages"),
            HostingProviderChecks::isLanguage,
            "language.unknown",
            "ISO 639-1 has no such language, or ISO 3166-1 no such country.",
            "Give one such as en, or en-GB."),
        new FieldCheck(
            "UsableHost",
            Set.of("host"),
            HostNames::isHost,
            "host.unusable",
            "This is neither a host name nor an IPv4 address.",
            "Give one such as files.example.com."),
        new FieldCheck(
            "UsableSelector",
            Set.of("dkimSelector"),
            selector -> !selector.contains(".."),
            "dkim-selector.unusable",
            "A DKIM selector never has two dots in a row.",
            "Give it as it stands before ._domainkey."),
        new FieldCheck(
            "UsableBucket",
            Set.of("bucket"),
            bucket -> !bucket.contains("..") && !bucket.matches("[0-9.]+"),
            "bucket.unusable",
            "A bucket's name never has two dots in a row, and is no IP address.",
            "Give it as the storage shows it."));
  }

  /** Of a country today: neither a metal, nor a test code, nor a currency that was given up. */
  private static boolean isCurrency(String text) {
    return Arrays.stream(Locale.getISOCountries())
        .map(country -> Currency.getInstance(Locale.of("", country)))
        .filter(Objects::nonNull)
        .anyMatch(currency -> currency.getCurrencyCode().equals(text));
  }

  private static boolean isLanguage(String text) {
    Locale locale = Locale.forLanguageTag(text);
    return Set.of(Locale.getISOLanguages()).contains(text.substring(0, 2))
        && (locale.getCountry().isEmpty()
            || Set.of(Locale.getISOCountries()).contains(locale.getCountry()));
  }
}
