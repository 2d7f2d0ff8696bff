package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.enterprise.Environments;
import dev.slipway.enterprise.People;
import dev.slipway.json.Pointers;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;

/**
 * Each tenant has an administrator in each environment in which it is; each tenant is known (M12).
 */
public final class TenantAdminsNamed implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode value = subject.value();
    JsonNode tenants = subject.elements().path("tenants");
    TenantNames names = TenantNames.of(tenants);
    List<ElementFinding> findings = new ArrayList<>();
    value
        .properties()
        .forEach(
            tenant -> {
              String field = "/" + Pointers.escape(tenant.getKey());
              People people = new People(tenant.getValue(), field);
              names.unknown(tenant.getKey(), field).ifPresent(findings::add);
              findings.addAll(people.twice());
              findings.addAll(people.supportAccount());
            });
    for (String environment : Environments.ALL) {
      for (JsonNode tenant : tenants.path(environment).path("list")) {
        String name = tenant.path("name").asText();
        if (new People(value.path(name), "").count("admin", environment) == 0) {
          findings.add(
              ElementFinding.error(
                  "tenant-admins.missing",
                  value.has(name) ? "/" + Pointers.escape(name) : "",
                  "The tenant `%s` has no administrator in %s.".formatted(name, environment),
                  "Name at least one person with the role admin."));
        }
      }
    }
    return findings;
  }
}
