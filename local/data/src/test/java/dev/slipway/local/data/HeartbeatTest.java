package dev.slipway.local.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.local.data.Heartbeat.Reached;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  @Test
  void tellsHowFarAllTablesAreAndNothingOnceItIsClosed() throws InterruptedException {
    BlockingQueue<Reached> told = new LinkedBlockingQueue<>();
    try (Heartbeat heartbeat = new Heartbeat(Jobs.SILENT, Duration.ofMillis(1), told::add)) {
      heartbeat.at("users", 5000, 310, 9000);
      heartbeat.at("teams", 1000, 10, 500);
      Reached reached = told.take();
      while (!reached.table().equals("teams")) {
        reached = told.take();
      }
      assertEquals(new Reached("teams", 320, 9500), reached);
    }
    int until = told.size();
    Thread.sleep(20);
    assertEquals(until, told.size());
  }

  /** Who looks at once must not be told nothing for half a minute. */
  @Test
  void tellsTheFirstRowsAtOnce() throws InterruptedException {
    BlockingQueue<Reached> told = new LinkedBlockingQueue<>();
    try (Heartbeat heartbeat = new Heartbeat(Jobs.SILENT, Duration.ofDays(1), told::add)) {
      heartbeat.at("users", 0, 0, 0);
      heartbeat.at("users", 1000, 310, 9000);
      assertEquals(new Reached("users", 310, 9000), told.take());
    }
  }
}
