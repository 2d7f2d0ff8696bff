package dev.slipway.systems.tls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A certificate that one environment's hosts are to be served with, as the element {@code
 * certificates} says it.
 *
 * @param name the customer's own name for it, under which its private key is given
 * @param covers host names, and wildcards such as {@code *.uat.customer.example}
 * @param source who makes it
 * @param file the SHA-256 of the uploaded PEM file, in hex; empty unless it is provided
 */
public record WantedCertificate(
    String name, List<String> covers, Source source, Optional<String> file) {

  /** The maker of a certificate. */
  public enum Source {
    /** AWS Certificate Manager issues it. */
    ACM,
    /** An ACME authority issues it, for the vendor. */
    ACME,
    /** The customer hands it over. */
    PROVIDED
  }

  public WantedCertificate {
    covers = List.copyOf(covers);
  }

  /** Those of one environment, in order; JSONata answers a list of one as the one. */
  public static List<WantedCertificate> of(JsonNode environment) {
    if (environment.isObject()) {
      return List.of(one(environment));
    }
    List<WantedCertificate> all = new ArrayList<>();
    environment.forEach(each -> all.add(one(each)));
    return List.copyOf(all);
  }

  private static WantedCertificate one(JsonNode item) {
    List<String> covers = new ArrayList<>();
    item.path("covers").forEach(name -> covers.add(name.asText().toLowerCase(Locale.ROOT)));
    return new WantedCertificate(
        item.path("name").asText(),
        covers,
        Source.valueOf(item.path("source").asText().toUpperCase(Locale.ROOT)),
        Optional.of(item.path("chain").asText()).filter(text -> !text.isEmpty()));
  }

  /** Whether the customer hands it over. */
  public boolean isProvided() {
    return source == Source.PROVIDED;
  }

  /** Whether it is for a host; a wildcard stands for one label, and for itself. */
  public boolean isFor(String host) {
    int dot = host.indexOf('.');
    return covers.contains(host)
        || (!host.startsWith("*.") && dot > 0 && covers.contains("*" + host.substring(dot)));
  }
}
