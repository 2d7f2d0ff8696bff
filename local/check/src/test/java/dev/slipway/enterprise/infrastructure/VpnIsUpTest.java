package dev.slipway.enterprise.infrastructure;

import static dev.slipway.local.sandbox.world.SandboxDefaults.AWS_ROLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklists;
import dev.slipway.credentials.Grade;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** M02's look, against the stand-in of EC2. */
final class VpnIsUpTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final String ID = "vpn-0123456789abcdef0";

  private static CheckSubject subject(Map<String, Object> vpn, boolean onAws) {
    ObjectNode elements = Json.MAPPER.createObjectNode();
    ObjectNode infrastructure = elements.putObject("infrastructure");
    infrastructure.putObject("uat").put("region", "eu-west-1");
    infrastructure.putObject("production").put("region", "eu-central-1");
    CredentialRecord aws =
        new CredentialRecord("aws", "", 1, Grade.VALID, "ok", "v1", "v1", null, "anna", NOW);
    return new CheckSubject(
        new Checklists().newest("enterprise-environment").element("vpn").orElseThrow(),
        Map.of(),
        Json.tree(vpn),
        elements,
        onAws ? Map.of("aws", aws) : Map.of(),
        name -> Optional.empty(),
        NOW);
  }

  private static LookContext place(Optional<Answer> statement) {
    return new LookContext() {
      @Override
      public String onboarding() {
        return "acme-1";
      }

      @Override
      public JsonNode secret(String name) {
        return Json.tree(Map.of("roleArn", AWS_ROLE));
      }

      @Override
      public Optional<ProbeResult> probe(Probe probe) {
        return Optional.empty();
      }

      @Override
      public Optional<Answer> said() {
        return statement;
      }
    };
  }

  private static LookResult looked(Map<String, Object> vpn, boolean onAws, Answer... said) {
    return new VpnIsUp(SANDBOX.context())
        .look(
            subject(vpn, onAws),
            place(Optional.of(said).filter(all -> all.length > 0).map(all -> all[0])));
  }

  private static LookResult.Seen seen(LookResult result) {
    return assertInstanceOf(LookResult.Seen.class, result);
  }

  @Test
  void aConnectionOfAwsIsUpWithOneTunnel() {
    LookResult.Seen up = seen(looked(Map.of("connectionId", ID), true));
    assertTrue(up.findings().isEmpty(), up::toString);
    assertEquals("available, tunnels UP, DOWN", up.answer());
    assertFalse(up.toString().contains("vpn-secret"));
  }

  @Test
  void aConnectionThatIsDownOrUnknownIsTold() {
    SANDBOX
        .control()
        .patchWorld("{\"aws\":{\"vpn\":{\"%s\":{\"tunnels\":[\"DOWN\"]}}}}".formatted(ID));
    LookResult.Seen down = seen(looked(Map.of("connectionId", ID), true));
    assertEquals("vpn.down", down.findings().getFirst().code());
    LookResult.Seen unknown = seen(looked(Map.of("connectionId", "vpn-00000000"), true));
    assertEquals("vpn.unknown", unknown.findings().getFirst().code());
    assertEquals("/connectionId", unknown.findings().getFirst().field());
  }

  @Test
  void anyOtherAccessIsTriedFromTheVendorsNetworkByAPerson() {
    Map<String, Object> vpn = Map.of("checkHost", "10.20.0.10", "checkPort", 22);
    LookResult.Awaited awaited = assertInstanceOf(LookResult.Awaited.class, looked(vpn, false));
    assertEquals(Party.VENDOR, awaited.party());
    assertTrue(awaited.instructions().contains("10.20.0.10:22"), awaited::toString);
    Answer answer =
        new Answer(
            new TaskKey("infrastructure.gate", ""),
            "vpn.VpnIsUp",
            1,
            "a1",
            "eva",
            "engineer",
            NOW,
            "It answered.",
            null,
            Answer.Verdict.GIVEN,
            null);
    assertTrue(seen(looked(vpn, false, answer)).answer().startsWith("attested"));
  }
}
