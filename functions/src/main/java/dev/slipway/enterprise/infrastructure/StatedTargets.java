package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.TaskKey;

/**
 * The load balancers that the vendor stated after the base set-up of an environment (M06), by
 * component: {@code {"mnohub": "lb-1.eu-central-1.elb.amazonaws.com", …}}.
 */
@FunctionalInterface
interface StatedTargets {

  /** Those of one environment; nothing where none were stated. */
  JsonNode of(String onboarding, String environment);

  /** As M06 noted them. */
  static StatedTargets noted(FunctionContext context) {
    return (onboarding, environment) ->
        context
            .notes()
            .find(
                onboarding,
                new TaskKey("infrastructure.provision-account", environment),
                Note.Kind.RESOURCE,
                "targets")
            .map(Note::value)
            .orElseGet(Json.MAPPER::missingNode);
  }
}
