package dev.slipway.local.template;

/**
 * A function that is started by the clock.
 *
 * @param id unique in the template
 * @param functionId the logical id of the function
 * @param expression {@code rate(5 minutes)}
 */
public record ScheduleResource(String id, String functionId, String expression) {

  /** How often it fires. */
  public Rate rate() {
    return Rate.parse(expression);
  }
}
