package dev.slipway.local.stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes the position of records that a function could not handle. */
@FunctionalInterface
public interface FailureDestination {

  /**
   * Records a failure; must not fail itself.
   *
   * @param arn the destination that the template names
   * @param report in Lambda's form, with {@code DDBStreamBatchInfo}
   */
  void send(String arn, JsonNode report);
}
