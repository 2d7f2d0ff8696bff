package dev.slipway.local.asl;

/**
 * Limits of the service.
 *
 * @param payloadBytes most bytes of a state's input, output, arguments or result, as UTF-8 JSON
 * @param variableBytes most bytes of what one state assigns
 * @param historyEvents most events of an execution, the last included
 */
public record Limits(int payloadBytes, int variableBytes, int historyEvents) {

  /** 256 KiB, 256 KiB and 25,000 events, as in the service's quotas. */
  public static Limits ofService() {
    return new Limits(262_144, 262_144, 25_000);
  }
}
