package dev.slipway.enterprise.logging;

import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.task.Bench;

/** A bench of a row of the section Logging, for one of the systems. */
final class LoggingBench {
  static final String SUMO_LOGIC = "sumo-logic";
  static final String SPLUNK_CLOUD = "splunk-cloud";
  static final String SPLUNK_ENTERPRISE = "splunk-enterprise";

  private LoggingBench() {}

  /** With an existing account at this system, and two people. */
  static Bench of(String task, String system) {
    Bench bench =
        new Bench(task)
            .element(
                "logging",
                """
                {"system":"%s","account":"existing","deployment":"eu","host":"%s"}"""
                    .formatted(system, SandboxDefaults.SPLUNK_HOST))
            .element(
                "monitoring-users",
                """
                [{"name":"Anna Example","email":"Anna@customer.example","role":"admin"},
                 {"name":"Otto","email":"otto@customer.example","role":"user"}]""");
    return switch (system) {
      case SUMO_LOGIC ->
          bench.secret(
              "sumo-logic",
              "{\"accessId\":\"%s\",\"accessKey\":\"%s\"}"
                  .formatted(SandboxDefaults.SUMO_LOGIC_ID, SandboxDefaults.SUMO_LOGIC_KEY));
      case SPLUNK_CLOUD ->
          bench.secret(
              "splunk",
              "{\"stack\":\"%s\",\"token\":\"%s\"}"
                  .formatted(SandboxDefaults.SPLUNK_STACK, SandboxDefaults.SPLUNK_TOKEN));
      default ->
          bench.secret(
              "splunk",
              "{\"user\":\"%s\",\"password\":\"%s\"}"
                  .formatted(SandboxDefaults.SPLUNK_USER, SandboxDefaults.SPLUNK_PASSWORD));
    };
  }

  /** At a system that Slipway does not speak to. */
  static Bench other(String task) {
    return new Bench(task)
        .element(
            "logging",
            """
            {"system":"other","name":"Graylog","link":"https://graylog.customer.example/"}""");
  }
}
