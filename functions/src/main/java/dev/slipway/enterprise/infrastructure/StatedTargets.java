package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.TaskKey;

/**
 * The load balancers that the vendor stated after the base set-up of an environment (M06), by
 * component: {@code {"mnohub": "lb-1.eu-central-1.elb.amazonaws.com", …}}.
 */
@FunctionalInterface
interface StatedTargets {

  /** Those of one environment; nothing where none were stated. */
  JsonNode of(String onboarding, String environment);

  /** As the vendor stated them last, if M06 found that they resolve. */
  static StatedTargets accepted(FunctionContext context) {
    return (onboarding, environment) ->
        context
            .answers()
            .find(
                onboarding,
                new TaskKey("infrastructure.provision-account", environment),
                BaseSetUp.STEP)
            .filter(answer -> answer.verdict() == Answer.Verdict.ACCEPTED)
            .map(BaseSetUp::targets)
            .orElseGet(Json.MAPPER::missingNode);
  }
}
