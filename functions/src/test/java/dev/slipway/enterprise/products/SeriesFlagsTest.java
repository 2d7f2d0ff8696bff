package dev.slipway.enterprise.products;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.enterprise.products.SeriesFlags.Leaf;
import dev.slipway.enterprise.products.SeriesFlags.Place;
import dev.slipway.json.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of our flags in each series of the frontend. */
final class SeriesFlagsTest {
  private static final JsonNode FEATURES =
      Json.tree(
          Map.of(
              "flags",
              Map.of("payment", true, "dock", false, "subTenants", true),
              "kpis",
              true,
              "alerts",
              false));

  private static SeriesFlags series(int series) {
    return SeriesFlags.of(series).orElseThrow();
  }

  /** The flags of the element {@code features}. */
  private static Set<String> flags() {
    JsonNode schema =
        new Checklists()
            .newest("enterprise-environment")
            .element("features")
            .orElseThrow()
            .schema();
    Set<String> flags = new TreeSet<>(Set.of("kpis", "alerts"));
    schema
        .path("properties")
        .path("baseline")
        .path("properties")
        .fieldNames()
        .forEachRemaining(flags::add);
    return flags;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void laterSeriesHaveASettingForEachFlag(int series) {
    Set<String> known =
        series(series).leaves().stream()
            .map(Leaf::flag)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(flags(), known);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void noTwoFlagsShareASetting(int series) {
    Set<String> paths = new HashSet<>();
    series(series).leaves().forEach(leaf -> assertTrue(paths.add(leaf.path()), leaf::path));
    assertTrue(flags().containsAll(series(series).leaves().stream().map(Leaf::flag).toList()));
  }

  @Test
  void aSettingOfSeries3MaySayTheOpposite() {
    Map<String, JsonNode> wanted = series(3).wanted(Place.CONFIG, FEATURES);

    assertFalse(wanted.get("payment.disabled").booleanValue());
    assertFalse(wanted.get("dock.enabled").booleanValue());
    assertTrue(wanted.get("admin_panel.sub_tenant.enabled").booleanValue());
    assertFalse(series(3).knows("publicPages"));
  }

  @Test
  void eachPlaceGetsWhatIsEnteredThere() {
    SeriesFlags flags = series(4);

    assertEquals(
        Set.of(
            "dashboard.payment.enabled",
            "dashboard.dock.enabled",
            "admin_panel.sub_tenant.enabled"),
        flags.wanted(Place.CONFIG, FEATURES).keySet());
    assertEquals(Set.of("kpi_enabled"), flags.wanted(Place.METADATA, FEATURES).keySet());
    assertEquals(
        Set.of("dhbKpisConfig.enableKpis", "alertsConfig.enableAlerts"),
        flags.wanted(Place.BUILD, FEATURES).keySet());
    assertTrue(SeriesFlags.of(6).isEmpty());
  }
}
