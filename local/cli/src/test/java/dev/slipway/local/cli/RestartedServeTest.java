package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.run.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder is served again: who had a token has it still, and a look at it never misses. */
class RestartedServeTest {
  @TempDir private Path folder;

  @Test
  void tokensOutliveARestart() throws Exception {
    Path data = folder.resolve("data");
    Path token = folder.resolve("customer.txt");
    String id;
    try (LocalSlipway first = LocalSlipway.start(LocalSlipway.Wishes.of(data, null))) {
      id = Invocation.of("create", "hosting-provider", "Hoster", "--data", data).lines().getFirst();
      Files.writeString(token, first.token(Role.CUSTOMER, id, false));
    }
    try (LocalSlipway again = LocalSlipway.start(LocalSlipway.Wishes.of(data, null))) {
      Invocation shown =
          Invocation.of("show", id, "--api", again.runtime().apiUri(), "--token-file", token);
      assertEquals(0, shown.exit(), shown.err());
    }
    // Another folder's key is another one.
    try (LocalSlipway other =
        LocalSlipway.start(LocalSlipway.Wishes.of(folder.resolve("other"), null))) {
      Invocation refused =
          Invocation.of("show", id, "--api", other.runtime().apiUri(), "--token-file", token);
      assertTrue(refused.err().contains("the token is not accepted"), refused.err());
    }
  }

  @Test
  void statusWaitsForAProcessThatEnds() throws Exception {
    Path data = folder.resolve("data");
    String id;
    try (LocalSlipway first = LocalSlipway.start(LocalSlipway.Wishes.of(data, null))) {
      id =
          first
              .callers()
              .as(Role.MANAGER, "")
              .create("hosting-provider", "Hoster", "the-same-key")
              .at("/onboarding/id")
              .asText();
    }
    // As after Ctrl-C: the folder is still locked, and nothing serves it any more.
    DataLock ending = DataLock.take(data).orElseThrow();
    CompletableFuture<Invocation> asked =
        CompletableFuture.supplyAsync(() -> Invocation.of("status", "--data", data));
    Thread.sleep(Duration.ofMillis(500));
    ending.close();

    Invocation status = asked.get();
    assertEquals(0, status.exit(), status.err());
    assertTrue(status.out().contains(id), status.out());
    assertEquals(List.of(), status.err().lines().toList());
  }
}
