package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.credentials.CredentialTest;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Tests a credential within a time, even if the third party does not answer. */
final class TimedTest {
  private final Duration most;
  private final Consumer<String> log;

  /**
   * @param most how long it may take
   * @param log is told the class of an unexpected exception, and nothing of its message
   */
  TimedTest(Duration most, Consumer<String> log) {
    this.most = most;
    this.log = log;
  }

  CredentialTestResult run(CredentialTest test, JsonNode secret, JsonNode elements) {
    FutureTask<CredentialTestResult> running = new FutureTask<>(() -> test.test(secret, elements));
    Thread.ofVirtual().start(running);
    try {
      return running.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      return inconclusive(
          "The system did not answer within "
              + most.toSeconds()
              + " seconds: store the credential again later.");
    } catch (ExecutionException e) {
      log.accept("the test of " + test.system() + " ended with " + e.getCause().getClass());
      return inconclusive("The credential could not be tested: ask the platform's engineers.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a credential was tested", e);
    }
  }

  /** The result when no answer proves that the credential is valid or invalid. */
  static CredentialTestResult inconclusive(String message) {
    return new CredentialTestResult(Grade.INCONCLUSIVE, message, null, "", "", "");
  }
}
