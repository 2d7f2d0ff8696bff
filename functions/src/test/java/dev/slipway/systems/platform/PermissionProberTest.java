package dev.slipway.systems.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.platform.MethodPermission.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionProberTest {

  @Test
  void saysPerMethodWhatTheTokenMayDo() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.GET_REGIONS, "{\"result\":0,\"array\":[]}")
            .on(PlatformMethod.GET_DOCKER_PULL_STATUS, "{\"result\":8202,\"error\":\"denied\"}")
            .on(PlatformMethod.ADD_EXT_IPS, "{\"result\":3,\"error\":\"ipfrom is missing\"}")
            .on(PlatformMethod.CHANGE_CONFIG_KEY, "{\"result\":8202}")) {
      List<MethodPermission> found =
          prober(platform)
              .probe(
                  List.of(
                      PlatformMethod.GET_REGIONS,
                      PlatformMethod.GET_DOCKER_PULL_STATUS,
                      PlatformMethod.ADD_EXT_IPS,
                      PlatformMethod.CHANGE_CONFIG_KEY,
                      PlatformMethod.APPLY_CONFIG,
                      PlatformMethod.SEND_EMAIL));
      assertEquals(
          List.of(
              Verdict.PERMITTED,
              Verdict.REFUSED,
              Verdict.UNKNOWN,
              Verdict.REFUSED,
              Verdict.UNKNOWN,
              Verdict.REFUSED),
          found.stream().map(MethodPermission::verdict).toList());
    }
  }

  @Test
  void neverSendsAParameterAndNeverCallsWhatCouldHarm() {
    try (ScriptedPlatform platform = new ScriptedPlatform()) {
      prober(platform).probe(List.of(PlatformMethod.values()));
      for (Request request : platform.requests()) {
        assertEquals(Set.of("appid", "session"), request.form().keySet());
        assertTrue(!request.uri().getPath().contains("applyconfig"));
        assertTrue(!request.uri().getPath().contains("deleteenv"));
      }
    }
  }

  @Test
  void aTokenThatIsNotKnownEndsTheProbing() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.GET_REGIONS, "{\"result\":702,\"error\":\"invalid session\"}")) {
      assertThrows(
          SystemTrouble.class, () -> prober(platform).probe(List.of(PlatformMethod.GET_REGIONS)));
    }
  }

  private static PermissionProber prober(ScriptedPlatform platform) {
    return new PermissionProber(
        new PlatformClient(Loopback.egress(), platform.base(), "token-of-a-test"));
  }
}
