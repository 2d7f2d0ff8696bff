package dev.slipway.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.json.Json;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.TaskKey;
import java.util.Map;
import java.util.Set;

/** A small checklist with one of everything. */
final class Samples {
  static final Checklist CHECKLIST =
      ChecklistSource.parse(
          """
          name: sample
          version: 1.0.0
          title: Sample
          sections:
            - id: one
              title: Section one
              elements:
                - {id: choices, title: Choices}
                - {id: server, title: Server}
                - {id: extra, title: Extra, requirement: optional}
                - {id: ranges, title: Ranges, condition: choices.ranges}
                - {id: server, title: Server account, kind: credential}
                - {id: probe, title: Probe account, kind: credential, requirement: optional, party: VENDOR}
              tasks:
                - id: first
                  row: X00
                  title: First
                  requirement: mandatory
                  inputs: [server]
                  credentials: [server]
                  steps:
                    - {id: look, title: Look, mode: automatic, instructions: It is looked at.}
                    - {id: write, title: Write, mode: automatic, due: P1D, instructions: Write it.}
                    - {id: confirm, title: Confirm, mode: attested, party: VENDOR, instructions: Say so.}
                    - {id: mend, title: Mend, mode: attested, onlyIf: it was refused, instructions: Mend it.}
                    - {id: fence, title: Fence, mode: attested, condition: choices.kind = 'private', instructions: Fence it.}
                - id: ranges
                  row: X01
                  title: Ranges
                  requirement: optional
                  condition: choices.kind != 'private'
                  chosenBy: choices.ranges
                  inputs: [ranges, extra]
                  dependsOn: [one.first, two.later]
                - id: third
                  row: X02
                  title: Third
                  requirement: mandatory
                  dependsOn: [one.ranges]
            - id: two
              title: Section two
              tasks:
                - {id: later, row: X03, title: Later, requirement: mandatory, planned: true}
          """);

  private Samples() {}

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static PlanInput given(String elements, String... credentials) {
    return new PlanInput(json(elements), Set.of(credentials), Map.of());
  }

  static PlanInput decided(PlanInput input, Decision decision) {
    return new PlanInput(
        input.elements(), input.validCredentials(), Map.of(decision.key(), decision));
  }

  static Decision decision(String task, Decision.Kind kind, String secondBy) {
    return new Decision(
        TaskKey.parse(task), 1, kind, "Mara", "no need", java.time.Instant.EPOCH, secondBy);
  }
}
