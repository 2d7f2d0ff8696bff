package dev.slipway.enterprise.products;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a series of the frontend names our flags ({@code features/series-4.json}). Sources:
 * maestrano/mno-enterprise, for 4.0 and 5.0 core/config/initializers/00_tenant_config_schema.rb,
 * for 3.x the template of config/settings.yml; what is built in, mno-enterprise-angular,
 * src/app/impac.config.coffee. That the admin dashboard is a frontend to be built in, and the place
 * of {@code kpi_enabled}, are the vendor's wiki's word.
 *
 * @param series 3, 4 or 5
 */
public record SeriesFlags(int series, List<Leaf> leaves) {

  /** Where a setting is entered. */
  public enum Place {
    /** In the tenant's {@code frontend_config} in the hub; in series 3, in settings.yml. */
    CONFIG,
    /** In the tenant's metadata in the hub. */
    METADATA,
    /** In the build of the frontend. */
    BUILD
  }

  /**
   * One setting of a flag.
   *
   * @param flag as the element {@code features} names it
   * @param path such as {@code dashboard.payment.enabled}
   * @param inverted whether it says the opposite, as {@code payment.disabled}
   */
  public record Leaf(String flag, String place, String path, boolean inverted) {
    Place at() {
      return Place.valueOf(place.toUpperCase(Locale.ROOT));
    }
  }

  /** Those of a series; empty for one that is not known. */
  public static Optional<SeriesFlags> of(int series) {
    try (InputStream file =
        SeriesFlags.class.getResourceAsStream("/features/series-" + series + ".json")) {
      return file == null
          ? Optional.empty()
          : Optional.of(
              new SeriesFlags(series, Json.MAPPER.readValue(file, new TypeReference<>() {})));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the series has a setting for a flag. */
  public boolean knows(String flag) {
    return leaves.stream().anyMatch(leaf -> leaf.flag().equals(flag));
  }

  /**
   * The settings at a place, path to value, that a tenant's features ask for.
   *
   * @param features {@code {"flags": {"dock": true, …}, "kpis": true, "alerts": false}}
   */
  public Map<String, JsonNode> wanted(Place place, JsonNode features) {
    Map<String, JsonNode> wanted = new LinkedHashMap<>();
    for (Leaf leaf : leaves) {
      JsonNode flag = features.path("flags").path(leaf.flag());
      JsonNode given = flag.isMissingNode() ? features.path(leaf.flag()) : flag;
      if (leaf.at() == place && given.isBoolean()) {
        wanted.put(leaf.path(), Json.tree(given.asBoolean() != leaf.inverted()));
      }
    }
    return wanted;
  }

  /** The flag that a path belongs to. */
  public String flag(String path) {
    return leaves.stream()
        .filter(leaf -> leaf.path().equals(path))
        .map(Leaf::flag)
        .findFirst()
        .orElse(path);
  }
}
