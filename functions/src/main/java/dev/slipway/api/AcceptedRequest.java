package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The answer to an act that was written down and takes effect in a moment.
 *
 * @param task the task concerned
 * @param requested what was asked for
 * @param by who asked
 * @param needs what is still needed for it to count; null when nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AcceptedRequest(String task, String requested, String by, String needs) {
  static ApiAnswer of(String task, String requested, String by) {
    return ApiAnswer.of(202, new AcceptedRequest(task, requested, by, null));
  }
}
