package dev.slipway.systems.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What an account may have at most in a region (Service Quotas API Reference). */
public final class ServiceQuotas {

  private final AwsJson api;

  public ServiceQuotas(AwsSession session, String region) {
    this.api = session.json(AwsJson.Service.SERVICE_QUOTAS, region);
  }

  /** Scheme and host, which a report may name. */
  public String against() {
    return api.against();
  }

  /**
   * The value that holds for the account, or AWS's usual one where the account has none of its own.
   *
   * @param service such as {@code vpc}
   * @param quota its code, such as {@code L-F678F1CE}
   */
  public Optional<Double> value(String service, String quota) {
    ObjectNode input =
        JsonNodeFactory.instance.objectNode().put("ServiceCode", service).put("QuotaCode", quota);
    return api.find("GetServiceQuota", input)
        .or(() -> api.find("GetAWSDefaultServiceQuota", input))
        .map(found -> found.path("Quota").path("Value").asDouble());
  }
}
