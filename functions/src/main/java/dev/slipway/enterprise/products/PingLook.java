package dev.slipway.enterprise.products;

import dev.slipway.systems.maestrano.Ping;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;

/** The finding of a component's ping. */
final class PingLook {
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private PingLook() {}

  /**
   * It answers.
   *
   * @param field the element that names its host
   */
  static Finding of(Work work, Ping ping, String system, String field) {
    HttpAnswer answer = ping.answer();
    if (!ping.isOk()) {
      throw new UnmetRequirement(
              system + ".no-ping",
              system,
              field,
              answer.call().against() + " answers its ping with HTTP " + answer.status() + ".",
              "Look at the load balancer and at the group of hosts behind it: its size may be 0"
                  + " still. It is looked at again by itself.")
          .lookedAtAgain(work.now().plus(LOOK_AGAIN));
    }
    return new Finding(answer.call().asked(), answer.call().against(), answer.forTheRecord());
  }
}
