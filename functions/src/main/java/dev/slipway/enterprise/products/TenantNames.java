package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of the tenants of both environments.
 *
 * @param names none while the element is not given
 */
public record TenantNames(Set<String> names) {
  /** Those of the element {@code tenants}. */
  public static TenantNames of(JsonNode tenants) {
    Set<String> names = new TreeSet<>();
    for (String environment : Environments.ALL) {
      tenants
          .path(environment)
          .path("list")
          .forEach(tenant -> names.add(tenant.path("name").asText()));
    }
    return new TenantNames(names);
  }

  /** The error of a name that is none of a tenant's; empty while no tenant is given. */
  public Optional<ElementFinding> unknown(String name, String field) {
    return names.isEmpty() || names.contains(name)
        ? Optional.empty()
        : Optional.of(
            ElementFinding.error(
                "tenant.unknown",
                field,
                "There is no tenant `%s`; there are %s.".formatted(name, String.join(", ", names)),
                "Correct the name, or add the tenant to `tenants`."));
  }
}
