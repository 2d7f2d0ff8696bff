package dev.slipway.local.asl.time;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ActivitiesTest {
  private final Activities activities = new Activities(() -> {});
  private final Activity functions = activities.register("functions");
  private final Activity stream = activities.register("stream");

  @Test
  void restWhenAllThatBeganHasEnded() {
    functions.begin();
    functions.begin();
    functions.end();
    assertFalse(activities.rest(name -> true));
    assertTrue(activities.rest(name -> name.equals("stream")));
    functions.end();
    assertTrue(activities.rest(name -> true));
  }

  @Test
  void doNotRestWhileWorkIsHandedToOneThatWasLookedAtBefore() {
    stream.begin();
    assertFalse(
        activities.rest(
            name -> {
              if (name.equals("stream") && !stream.idle()) {
                functions.begin();
                stream.end();
              }
              return true;
            }));
  }
}
