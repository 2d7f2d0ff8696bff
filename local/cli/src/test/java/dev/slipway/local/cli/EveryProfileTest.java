package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The profiles that no other test takes to their end: each is signed off, with the grants of the
 * template, and leaves no secret behind. {@code enterprise-max} takes too long for this.
 */
@EnabledIfSystemProperty(
    named = "profiles",
    matches = "true",
    disabledReason = "takes four minutes: mvn verify -Pprofiles runs it")
final class EveryProfileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "enterprise-azure.json",
        "enterprise-small.json",
        "enterprise-waived.json",
        "hosting-provider-private-network.json"
      })
  void isSignedOffAndLeavesNoSecretBehind(String profile) throws IOException {
    try (FinishedRun run = FinishedRun.of(profile, true)) {
      assertEquals(0, run.ended().exit(), run.ended()::toString);
      assertEquals(List.of(), run.roles().refusals());
      SecretsStayInSecretsManagerTest.leavesNothingBehind(
          run, SecretsStayInSecretsManagerTest.planted(profile));
    }
  }
}
