package dev.slipway.local.template;

import java.util.Map;

/**
 * The deployment, as CloudFormation would know it: its name and place, and the parameters given.
 *
 * @param parameters overrides of the template's defaults
 */
public record Stack(String name, String region, String account, Map<String, String> parameters) {

  public Stack {
    parameters = Map.copyOf(parameters);
  }

  /** The stack of that name in a local runtime: account 000000000000 in us-east-1. */
  public static Stack local(String name, Map<String, String> parameters) {
    return new Stack(name, "us-east-1", "000000000000", parameters);
  }

  /** The Amazon resource name of a resource in this stack's account and region. */
  public String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, region, account, resource);
  }
}
