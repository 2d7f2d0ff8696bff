package dev.slipway.local.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.World;
import java.util.List;

/**
 * Service Quotas, by the quota's code: the account's own values ({@code quotas}), and AWS's usual
 * ones ({@code usualQuotas}).
 */
final class ServiceQuotas extends JsonService {

  ServiceQuotas(World world) {
    super(world, "servicequotas", "ServiceQuotasV20190624");
    List<String> code = List.of("ServiceCode", "QuotaCode");
    on("GetServiceQuota", code, (part, input, caller) -> quota(part.path("quotas"), input));
    on(
        "GetAWSDefaultServiceQuota",
        code,
        (part, input, caller) -> quota(part.path("usualQuotas"), input));
  }

  /** What a new account has, after AWS raised the vCPUs. */
  static void defaults(ObjectNode part) {
    part.putObject("quotas")
        .put("L-F678F1CE", 5)
        .put("L-0263D0A3", 5)
        .put("L-1216C47A", 64)
        .put("L-53DA6B97", 50)
        .put("L-7B6409FD", 40);
  }

  @Override
  String key(JsonNode input) {
    return input.path("QuotaCode").asText();
  }

  private JsonNode quota(JsonNode quotas, JsonNode input) {
    String code = input.path("QuotaCode").asText();
    if (!quotas.has(code)) {
      throw refusal("NoSuchResourceException", "There is no quota " + code + ".");
    }
    ObjectNode answer = Json.object();
    answer
        .putObject("Quota")
        .put("ServiceCode", input.path("ServiceCode").asText())
        .put("QuotaCode", code)
        .put("Value", quotas.path(code).asDouble());
    return answer;
  }
}
